package io.larder.storage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.StorageRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// What the suites of commands share: one served store per class, and the two endings of a refused request.
abstract class ServedStoreCase {
  @TempDir static Path folder;
  static ServedStore served;

  @BeforeAll
  static void serve() throws Exception {
    served = new ServedStore(folder);
  }

  @AfterAll
  static void end() throws Exception {
    served.close();
  }

  /// The frame is answered with 22 and no body, then the connection is closed.
  static void assertInvalid(byte[] frame) throws Exception {
    try (Peer peer = served.peer()) {
      Peer.Answer answer = peer.send(frame).answer();
      assertThat(answer.status).isEqualTo(22);
      assertThat(answer.body).isEmpty();
      assertThat(peer.isEnded()).isTrue();
    }
  }

  static void assertInvalid(StorageRequest request, String content) throws Exception {
    assertInvalid(Peer.frame(request, Requests.bytes(content)));
  }

  static void assertInvalid(StorageRequest request) throws Exception {
    assertInvalid(request, "");
  }

  /// The request is answered with a status and no body, and the connection serves on.
  static void assertRefused(int status, StorageRequest request, String content) throws Exception {
    try (Peer peer = served.peer()) {
      Peer.Answer answer = peer.ask(request, Requests.bytes(content));
      assertThat(answer.status).isEqualTo(status);
      assertThat(answer.body).isEmpty();
      assertThat(peer.isOpen()).isTrue();
    }
  }

  static void assertRefused(int status, StorageRequest request) throws Exception {
    assertRefused(status, request, "");
  }
}
