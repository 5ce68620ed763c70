// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.model.id.TenantId;
import org.polias.store.Store;
import org.polias.store.access.Role;
import org.polias.store.access.User;

/** Who is signed in, and signing in and out. Thread-safe. */
public final class Access {

    /** The command line's name in timelines. */
    public static final String COMMAND_LINE = "command-line";

    /** How long a token that was looked up is believed without asking the database again. */
    private static final Duration BELIEVED = Duration.ofSeconds(2);

    private static final int MAX_BELIEVED = 10_000;

    private final Store store;
    private final TenantId tenant;
    private final byte[] commandLineToken;
    private final InstantSource clock;
    private final SignInAttempts attempts;
    private final Map<String, Believed> believed = new ConcurrentHashMap<>();

    private record Believed(SignedIn somebody, Instant until) {}

    /** @param commandLineToken the token with which the command line of this machine comes */
    public Access(Store store, TenantId tenant, String commandLineToken, InstantSource clock) {
        this.store = store;
        this.tenant = tenant;
        this.commandLineToken = commandLineToken.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
        this.attempts = new SignInAttempts(clock);
    }

    /** The token with which the command line comes. */
    public String commandLineToken() {
        return new String(commandLineToken, StandardCharsets.UTF_8);
    }

    /** Whose a token is. */
    public Optional<SignedIn> findSignedIn(String token) {
        if (MessageDigest.isEqual(commandLineToken, token.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new SignedIn(COMMAND_LINE, "Command line", List.copyOf(Roles.ALL)));
        }
        Instant now = clock.instant();
        Believed known = believed.get(token);
        if (known != null && known.until().isAfter(now)) {
            return Optional.of(known.somebody());
        }
        Optional<SignedIn> found = store.sessions().find(token).map(Access::signedIn);
        if (found.isPresent()) {
            if (believed.size() >= MAX_BELIEVED) {
                believed.clear();
            }
            believed.put(token, new Believed(found.get(), now.plus(BELIEVED)));
        } else {
            believed.remove(token);
        }
        return found;
    }

    /** A new session, and whose it is. */
    public record Session(String token, SignedIn somebody) {}

    /** What became of a sign-in. */
    public sealed interface SignIn {
        record Done(Session session) implements SignIn {}

        record WrongCredentials() implements SignIn {}

        record TooManyAttempts(Duration pause) implements SignIn {}
    }

    /** Signs in with name and password. {@code from} is where the attempt comes from. */
    public SignIn signIn(String login, String password, String from) {
        Optional<Duration> wait = attempts.findWait(login, from);
        if (wait.isPresent()) {
            return new SignIn.TooManyAttempts(wait.get());
        }
        Optional<User> user = store.users().verify(login, password);
        if (user.isEmpty()) {
            attempts.failed(login, from);
            return new SignIn.WrongCredentials();
        }
        attempts.succeeded(login, from);
        return new SignIn.Done(begin(user.get()));
    }

    /** Signs in somebody whom the identity provider vouches for; an account comes to be where there is none. */
    public Optional<Session> signIn(OidcSignIn.Person person) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        person.roles().forEach(code -> Role.find(code).ifPresent(roles::add));
        return store.users()
                .provision(tenant, person.user(), person.name(), roles)
                .filter(user -> !user.disabled())
                .map(this::begin);
    }

    /** Ends a session. */
    public void signOut(String token) {
        believed.remove(token);
        store.sessions().revoke(token);
    }

    /** Forgets what is believed, after users were changed. */
    public void forgetBelieved() {
        believed.clear();
    }

    private Session begin(User user) {
        return new Session(store.sessions().create(user), signedIn(user));
    }

    private static SignedIn signedIn(User user) {
        return new SignedIn(
                user.login(),
                user.name(),
                user.roles().stream().map(Role::code).sorted().toList());
    }

    /** Counts failed attempts by name and by origin, and makes both wait. */
    static final class SignInAttempts {

        private static final int FREE = 5;
        /** Behind one address may be a whole control room: one who errs, or a guesser, must not lock out the others. */
        private static final int FREE_FROM_ONE_PLACE = 50;

        private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
        private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
        private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
        private static final int MAX_REMEMBERED = 10_000;

        private final InstantSource clock;
        private final Map<String, Failures> failures = new LinkedHashMap<>();

        private record Failures(int count, Instant last) {}

        SignInAttempts(InstantSource clock) {
            this.clock = clock;
        }

        /** How long this name, or this origin, has to wait. */
        synchronized Optional<Duration> findWait(String login, String from) {
            Duration wait = max(wait("user " + login, FREE), wait("from " + from, FREE_FROM_ONE_PLACE));
            return wait.isPositive() ? Optional.of(wait) : Optional.empty();
        }

        synchronized void failed(String login, String from) {
            count("user " + login);
            count("from " + from);
        }

        synchronized void succeeded(String login, String from) {
            failures.remove("user " + login);
            failures.remove("from " + from);
        }

        private void count(String key) {
            Instant now = clock.instant();
            failures.values().removeIf(old -> old.last().plus(FORGOTTEN_AFTER).isBefore(now));
            if (failures.size() >= MAX_REMEMBERED) {
                failures.remove(failures.keySet().iterator().next());
            }
            failures.merge(key, new Failures(1, now), (old, one) -> new Failures(old.count() + 1, now));
        }

        private Duration wait(String key, int free) {
            Failures failed = failures.get(key);
            if (failed == null || failed.count() < free) {
                return Duration.ZERO;
            }
            int doublings = Math.min(failed.count() - free, 10);
            Duration whole = FIRST_WAIT.multipliedBy(1L << doublings);
            Duration capped = whole.compareTo(LONGEST_WAIT) < 0 ? whole : LONGEST_WAIT;
            return Duration.between(clock.instant(), failed.last().plus(capped));
        }

        private static Duration max(Duration a, Duration b) {
            return a.compareTo(b) > 0 ? a : b;
        }
    }
}
