// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;

import org.polias.app.Platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.security.Authenticated;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;

/** The live socket of the API: everything now, then every change. */
@WebSocket(path = "/api/live")
@Authenticated
public class LiveSocket {

    @Inject
    Platform platform;

    @Inject
    ObjectMapper json;

    @OnOpen
    void open(WebSocketConnection connection) {
        platform.picture().connect(connection.id(), message -> send(connection, message));
    }

    /** A screen has nothing to say; what it says is ignored. */
    @OnTextMessage
    void hear(String ignored) {}

    @OnClose
    void close(WebSocketConnection connection) {
        platform.picture().disconnect(connection.id());
    }

    private CompletionStage<Void> send(WebSocketConnection connection, LiveMessage message) {
        try {
            return connection.sendText(json.writeValueAsString(message)).subscribeAsCompletionStage();
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
