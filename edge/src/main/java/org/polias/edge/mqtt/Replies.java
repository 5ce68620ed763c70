// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.mqtt;

import java.util.Collections;

import org.polias.model.admission.Reason;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;

/** The packets that go to clients. */
final class Replies {

    static final byte MALFORMED_PACKET = (byte) 0x81;
    static final byte PROTOCOL_ERROR = (byte) 0x82;
    static final byte NOT_AUTHORIZED = (byte) 0x87;
    static final byte SERVER_SHUTTING_DOWN = (byte) 0x8B;
    static final byte KEEP_ALIVE_TIMEOUT = (byte) 0x8D;
    static final byte SESSION_TAKEN_OVER = (byte) 0x8E;
    static final byte TOPIC_NAME_INVALID = (byte) 0x90;
    static final byte PACKET_ID_NOT_FOUND = (byte) 0x92;
    static final byte TOPIC_ALIAS_INVALID = (byte) 0x94;
    static final byte PACKET_TOO_LARGE = (byte) 0x95;
    static final byte QUOTA_EXCEEDED = (byte) 0x97;
    static final byte PAYLOAD_FORMAT_INVALID = (byte) 0x99;
    static final byte UNSPECIFIED_ERROR = (byte) 0x80;

    private static final byte NO_SUBSCRIPTION_EXISTED = 0x11;
    private static final int PUBACK_BYTE = 0x40;
    private static final int PUBREC_BYTE = 0x50;

    private Replies() {}

    /** What is told to an MQTT 5 client when it is let in. */
    record Welcome(
            boolean sessionPresent,
            int receiveMaximum,
            int packetMaximum,
            int aliasMaximum,
            boolean clientIdAssigned,
            String clientId) {}

    static MqttConnAckMessage welcome(Welcome welcome, boolean version5) {
        MqttProperties properties = MqttProperties.NO_PROPERTIES;
        if (version5) {
            properties = new MqttProperties();
            add(properties, MqttPropertyType.RECEIVE_MAXIMUM, welcome.receiveMaximum());
            add(properties, MqttPropertyType.MAXIMUM_PACKET_SIZE, welcome.packetMaximum());
            add(properties, MqttPropertyType.TOPIC_ALIAS_MAXIMUM, welcome.aliasMaximum());
            add(properties, MqttPropertyType.WILDCARD_SUBSCRIPTION_AVAILABLE, 0);
            add(properties, MqttPropertyType.SHARED_SUBSCRIPTION_AVAILABLE, 0);
            add(properties, MqttPropertyType.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
            if (welcome.clientIdAssigned()) {
                properties.add(new MqttProperties.StringProperty(
                        MqttPropertyType.ASSIGNED_CLIENT_IDENTIFIER.value(), welcome.clientId()));
            }
        }
        return MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(welcome.sessionPresent())
                .properties(properties)
                .build();
    }

    static MqttConnAckMessage refusal(MqttConnectReturnCode code) {
        return MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .properties(MqttProperties.NO_PROPERTIES)
                .build();
    }

    static MqttMessage disconnect(byte reason) {
        return new MqttMessage(
                header(MqttMessageType.DISCONNECT),
                new MqttReasonCodeAndPropertiesVariableHeader(reason, MqttProperties.NO_PROPERTIES));
    }

    static MqttMessage pubComp(int packetId, byte reason, boolean version5) {
        return new MqttMessage(
                header(MqttMessageType.PUBCOMP),
                version5
                        ? new MqttPubReplyMessageVariableHeader(packetId, reason, MqttProperties.NO_PROPERTIES)
                        : MqttMessageIdVariableHeader.from(packetId));
    }

    static MqttSubAckMessage refuseSubscriptions(int packetId, int count) {
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
                new MqttSubAckPayload(Collections.nCopies(count, UNSPECIFIED_ERROR & 0xff)));
    }

    static MqttUnsubAckMessage confirmUnsubscription(int packetId, int count) {
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK),
                new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
                new MqttUnsubAckPayload(Collections.nCopies(count, (short) NO_SUBSCRIPTION_EXISTED)));
    }

    /**
     * Appends a PUBACK (QoS 1) or PUBREC (QoS 2). Written by hand, since many go out in one buffer.
     *
     * @param reason 0 for success; others only in MQTT 5
     * @param explanation goes with a reason in MQTT 5; may be empty
     */
    static void appendAcknowledgement(ByteBuf out, MqttQoS qos, int packetId, byte reason, String explanation) {
        out.writeByte(qos == MqttQoS.EXACTLY_ONCE ? PUBREC_BYTE : PUBACK_BYTE);
        if (reason == 0) {
            out.writeByte(2).writeShort(packetId);
            return;
        }
        String text = explanation.length() > 1000 ? explanation.substring(0, 1000) : explanation;
        int textLength = ByteBufUtil.utf8Bytes(text);
        int propertiesLength = text.isEmpty() ? 0 : 3 + textLength;
        writeVariable(out, 3 + variableLength(propertiesLength) + propertiesLength);
        out.writeShort(packetId).writeByte(reason);
        writeVariable(out, propertiesLength);
        if (!text.isEmpty()) {
            out.writeByte(MqttPropertyType.REASON_STRING.value()).writeShort(textLength);
            ByteBufUtil.writeUtf8(out, text);
        }
    }

    /** The MQTT 5 reason code for a payload that was refused. */
    static byte reasonCode(Reason reason) {
        return switch (reason) {
            case MALFORMED, WRONG_RESULT, LATE, FUTURE_DATED -> PAYLOAD_FORMAT_INVALID;
            case OVERSIZED -> QUOTA_EXCEEDED;
            case FORBIDDEN -> NOT_AUTHORIZED;
            case UNKNOWN_SENSOR, UNKNOWN_TOPIC -> TOPIC_NAME_INVALID;
            case DUPLICATE -> 0;
        };
    }

    private static void add(MqttProperties properties, MqttPropertyType property, int value) {
        properties.add(new MqttProperties.IntegerProperty(property.value(), value));
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    private static int variableLength(int value) {
        return value < 128 ? 1 : 2;
    }

    private static void writeVariable(ByteBuf out, int value) {
        int rest = value;
        while (rest >= 128) {
            out.writeByte(rest & 127 | 128);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
