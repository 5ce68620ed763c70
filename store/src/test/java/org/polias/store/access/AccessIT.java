// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.id.TenantId;
import org.polias.store.SharedStore;
import org.polias.store.Store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(SharedStore.class)
class AccessIT {

    private static final String PASSWORD = "correct horse battery";

    private final Store store;
    private final TenantId tenant;
    private final String login;

    AccessIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
        this.login = "anna@" + tenant;
    }

    @Test
    void aUserSignsInWithTheRightPasswordOnly() {
        User anna = create();

        assertThat(store.users().verify(login.toUpperCase(Locale.ROOT), PASSWORD))
                .contains(anna);
        assertThat(store.users().verify(login, PASSWORD + " ")).isEmpty();
        assertThat(store.users().verify("nobody@" + tenant, PASSWORD)).isEmpty();
        assertThat(store.users().verify("nob\u0000dy", "x".repeat(1_000_000))).isEmpty();
        assertThat(store.users().list(tenant)).containsExactly(anna);
        assertThat(store.users().find(new TenantId("elsewhere"), login)).isEmpty();
    }

    @Test
    void aLoginIsTakenOnce() {
        create();

        assertThat(store.users().create(tenant, login, "Another", Set.of(), PASSWORD))
                .isEmpty();
        assertThat(store.users().provision(tenant, login, "Another", Set.of(Role.ADMINISTRATOR)))
                .isEmpty();
    }

    @Test
    void aWeakPasswordOrAStrangeLoginIsRefusedWithAdvice() {
        assertThatThrownBy(() -> store.users().create(tenant, login, "Anna", Set.of(), "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\nMaybe");
        assertThatThrownBy(() -> store.users().create(tenant, "an na", "Anna", Set.of(), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'an na'");
    }

    @Test
    void aNewPasswordEndsTheSessions() {
        User anna = create();
        String token = store.sessions().create(anna);

        assertThat(store.users().changePassword(tenant, login, "another horse battery"))
                .isTrue();

        assertThat(store.sessions().find(token)).isEmpty();
        assertThat(store.users().verify(login, PASSWORD)).isEmpty();
        assertThat(store.users().verify(login, "another horse battery")).contains(anna);
        assertThat(store.users().changePassword(new TenantId("elsewhere"), login, PASSWORD))
                .isFalse();
    }

    @Test
    void aDisabledUserIsOutAtOnceAndCanComeBack() {
        User anna = create();
        String token = store.sessions().create(anna);

        assertThat(store.users().setDisabled(tenant, login, true)).isTrue();
        assertThat(store.sessions().find(token)).isEmpty();
        assertThat(store.users().verify(login, PASSWORD)).isEmpty();

        store.users().setDisabled(tenant, login, false);
        assertThat(store.users().verify(login, PASSWORD)).contains(anna);
    }

    @Test
    void changedRolesHoldInOpenSessions() {
        String token = store.sessions().create(create());

        store.users().changeRoles(tenant, login, Set.of(Role.OPERATOR));

        assertThat(store.sessions().find(token).orElseThrow().roles()).containsExactly(Role.OPERATOR);
    }

    @Test
    void aUserFromElsewhereHasNoPasswordHere() {
        User first = store.users()
                .provision(tenant, login, "Anna", Set.of(Role.OPERATOR))
                .orElseThrow();
        User second = store.users()
                .provision(tenant, login, "Anna Nová", Set.of(Role.SUPERVISOR))
                .orElseThrow();

        assertThat(first.local()).isFalse();
        assertThat(second.name()).isEqualTo("Anna Nová");
        assertThat(store.users().list(tenant)).containsExactly(second);
        assertThat(store.users().verify(login, PASSWORD)).isEmpty();
        assertThat(store.users().changePassword(tenant, login, PASSWORD)).isFalse();
        assertThat(store.users().provision(new TenantId("elsewhere"), login, "Anna", Set.of()))
                .isEmpty();
    }

    @Test
    void aSessionIsFoundByItsTokenUntilItIsRevoked() {
        User anna = create();
        String token = store.sessions().create(anna);
        String other = store.sessions().create(anna);

        assertThat(token).hasSize(43).isNotEqualTo(other);
        assertThat(store.sessions().find(token)).contains(anna);
        assertThat(store.sessions().find(token + "x")).isEmpty();

        store.sessions().revoke(token);
        assertThat(store.sessions().find(token)).isEmpty();
        assertThat(store.sessions().find(other)).contains(anna);

        store.sessions().revokeAll(anna);
        assertThat(store.sessions().find(other)).isEmpty();
    }

    @Test
    void aSessionEndsWhenItIsNotUsed() {
        String token = store.sessions().create(create());

        later(Duration.ofHours(7));
        assertThat(store.sessions().find(token)).isPresent();
        later(Duration.ofHours(7));
        assertThat(store.sessions().find(token)).isPresent();
        later(Sessions.MAX_IDLE);
        assertThat(store.sessions().find(token)).isEmpty();
        assertThat(store.sessions().deleteEnded()).isPositive();
    }

    @Test
    void aSessionEndsAfterADayInAnyCase() {
        String token = store.sessions().create(create());

        for (int i = 0; i < 3; i++) {
            later(Duration.ofHours(7));
            assertThat(store.sessions().find(token)).isPresent();
        }
        later(Duration.ofHours(3));
        assertThat(store.sessions().find(token)).isEmpty();
    }

    private static void later(Duration duration) {
        SharedStore.CLOCK.updateAndGet((Instant now) -> now.plus(duration));
    }

    private User create() {
        return store.users()
                .create(tenant, login, "Anna Nováková", Set.of(Role.OPERATOR, Role.DIRECTOR), PASSWORD)
                .orElseThrow();
    }

    @Test
    void aSignInThatWasBegunIsCompletedOnceAndInTime() {
        SignInsUnderWay.UnderWay underWay = new SignInsUnderWay.UnderWay("nonce", "verifier");
        String state = "state of " + tenant;
        assertThat(store.signIns().begin(state, underWay)).isTrue();

        assertThat(store.signIns().take("another")).isEmpty();
        assertThat(store.signIns().take(state)).contains(underWay);
        assertThat(store.signIns().take(state)).isEmpty();

        store.signIns().begin(state, underWay);
        SharedStore.CLOCK.updateAndGet(now -> now.plus(SignInsUnderWay.PATIENCE).plusSeconds(1));
        assertThat(store.signIns().take(state)).isEmpty();
    }
}
