// SPDX-License-Identifier: Apache-2.0
package org.polias.app.security;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.polias.store.access.SignInsUnderWay;
import org.polias.store.access.SignInsUnderWay.UnderWay;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationErrorResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;

/**
 * Sign-in with an OpenID Connect provider: authorization code flow with PKCE (RFC 7636), state and nonce. The provider says who
 * somebody is; what they may do comes from the roles claim.
 */
public final class OidcSignIn {

    private static final int TIMEOUT_MS = 10_000;

    private final OidcSettings settings;
    private final SignInsUnderWay underWay;
    private volatile @Nullable OIDCProviderMetadata provider;

    /** @param underWay keeps what was begun, for all processes of the platform */
    public OidcSignIn(OidcSettings settings, SignInsUnderWay underWay) {
        this.settings = settings;
        this.underWay = underWay;
    }

    public OidcSettings settings() {
        return settings;
    }

    /** Somebody who signed in at the provider. */
    public record Person(String user, String name, List<String> roles) {}

    /** Sign-in failed; the message is for the one who tried. */
    public static final class SignInFailed extends Exception {
        private static final long serialVersionUID = 1L;

        SignInFailed(String message) {
            super(message);
        }
    }

    /** A sign-in that was begun: where to send the browser, and what it has to bring back. */
    public record Begun(URI provider, String state) {}

    /** Begins a sign-in. */
    public Begun begin() throws SignInFailed {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        if (!underWay.begin(state.getValue(), new UnderWay(nonce.getValue(), verifier.getValue()))) {
            throw new SignInFailed("Too many sign-ins are under way.\nMaybe try again in some minutes.");
        }
        URI there = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "profile"),
                        new ClientID(settings.clientId()),
                        settings.redirect())
                .endpointURI(provider().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Begun(there, state.getValue());
    }

    /**
     * Who came back.
     *
     * @param callback the whole address with its query
     * @param begunHere the state of the sign-in that this browser began; another's answer would sign it in as somebody else
     */
    public Person complete(URI callback, Optional<String> begunHere) throws SignInFailed {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(callback);
            boolean ours = response.getState() != null
                    && begunHere.filter(response.getState().getValue()::equals).isPresent();
            Optional<UnderWay> attempt =
                    ours ? underWay.take(response.getState().getValue()) : Optional.empty();
            if (attempt.isEmpty()) {
                throw new SignInFailed(
                        "This sign-in was not begun in this browser, or took too long.\nMaybe begin again.");
            }
            if (response instanceof AuthenticationErrorResponse error) {
                throw new SignInFailed("The identity provider refused: %s.".formatted(words(error.getErrorObject())));
            }
            return person(claims(response.toSuccessResponse().getAuthorizationCode(), attempt.get()));
        } catch (IOException | JOSEException | BadJOSEException | GeneralException e) {
            throw new SignInFailed("The identity provider's answer could not be used: %s.".formatted(e.getMessage()));
        }
    }

    private IDTokenClaimsSet claims(AuthorizationCode code, UnderWay attempt)
            throws ParseException, IOException, JOSEException, BadJOSEException, GeneralException, SignInFailed {
        ClientID client = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret());
        var request = new TokenRequest.Builder(
                        provider().getTokenEndpointURI(),
                        new ClientSecretBasic(client, secret),
                        new AuthorizationCodeGrant(code, settings.redirect(), new CodeVerifier(attempt.verifier())))
                .build()
                .toHTTPRequest();
        request.setConnectTimeout(TIMEOUT_MS);
        request.setReadTimeout(TIMEOUT_MS);
        TokenResponse answer = OIDCTokenResponseParser.parse(request.send());
        if (!(answer instanceof OIDCTokenResponse tokens)) {
            throw new SignInFailed("The identity provider gave no token: %s."
                    .formatted(words(answer.toErrorResponse().getErrorObject())));
        }
        return new IDTokenValidator(
                        new Issuer(settings.issuer()),
                        client,
                        JWSAlgorithm.RS256,
                        provider().getJWKSetURI().toURL())
                .validate(tokens.getOIDCTokens().getIDToken(), new Nonce(attempt.nonce()));
    }

    private static String words(ErrorObject error) {
        return Stream.of(error.getDescription(), error.getCode())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("it does not say why");
    }

    private Person person(IDTokenClaimsSet claims) throws SignInFailed {
        String user = claims.getStringClaim(settings.userClaim());
        if (user == null || user.isBlank()) {
            throw new SignInFailed("The identity provider's token has no claim '%s'.%nMaybe set polias.oidc.user-claim."
                    .formatted(settings.userClaim()));
        }
        List<String> claimed = claims.getStringListClaim(settings.rolesClaim());
        List<String> roles = claimed == null
                ? List.of()
                : claimed.stream().filter(Roles.ALL::contains).sorted().toList();
        if (roles.isEmpty()) {
            throw new SignInFailed("%s has no role here.%nMaybe give the user one of %s in the claim '%s'."
                    .formatted(user, Roles.ALL.stream().sorted().toList(), settings.rolesClaim()));
        }
        String name = claims.getStringClaim("name");
        return new Person(user, name == null ? user : name, roles);
    }

    private OIDCProviderMetadata provider() throws SignInFailed {
        OIDCProviderMetadata known = provider;
        if (known == null) {
            try {
                known = OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), TIMEOUT_MS, TIMEOUT_MS);
            } catch (IOException | GeneralException e) {
                throw new SignInFailed(
                        "The identity provider %s cannot be reached: %s.".formatted(settings.issuer(), e.getMessage()));
            }
            provider = known;
        }
        return known;
    }
}
