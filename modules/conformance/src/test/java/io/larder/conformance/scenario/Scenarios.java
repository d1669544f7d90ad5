package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.Refusal;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Target;
import io.larder.conformance.servers.TargetServer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What every scenario has at hand: a client, and the servers it is connected to. The client lives as long as the class, so that
/// its pooled connections meet refusals of earlier scenarios as they would in an application.
@ExtendWith(TargetServer.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class Scenarios {
  final NativeClient client;
  final Target target;

  Scenarios(NativeClient client, Target target) {
    this.client = client;
    this.target = target;
  }

  @AfterAll
  void closeTheClient() {
    client.close();
  }

  /// That many bytes that are the same in every run and do not compress.
  static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  static byte[] text(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  /// A name of the right form that no file has.
  StoredFile missing(StoredFile like) {
    StoredFile gone = like.named(like.name().substring(0, 36) + "x" + like.name().substring(37));
    assertThat(gone).isNotEqualTo(like);
    return gone;
  }

  static void refused(int status, ThrowingCallable operation) {
    Refusal refusal = catchThrowableOfType(Refusal.class, operation);

    assertThat(refusal).as("a refusal with %s", status).isNotNull();
    assertThat(refusal.status()).isEqualTo(status);
  }
}
