// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;

import com.hivemq.client.mqtt.MqttClientSslConfig;

/** One trust manager in the forms in which clients want it. It decides alone, about names as well. */
final class Trust {

    private Trust() {}

    static SSLContext context(X509ExtendedTrustManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS.", e);
        }
    }

    static MqttClientSslConfig mqtt(X509ExtendedTrustManager manager) {
        return MqttClientSslConfig.builder()
                .trustManagerFactory(new Factory(manager))
                .hostnameVerifier((host, session) -> true)
                .build();
    }

    private static final class Factory extends TrustManagerFactory {
        Factory(X509ExtendedTrustManager manager) {
            super(
                    new TrustManagerFactorySpi() {
                        @Override
                        protected void engineInit(KeyStore ignored) {}

                        @Override
                        protected void engineInit(ManagerFactoryParameters ignored) {}

                        @Override
                        protected TrustManager[] engineGetTrustManagers() {
                            return new TrustManager[] {manager};
                        }
                    },
                    null,
                    "one");
        }
    }
}
