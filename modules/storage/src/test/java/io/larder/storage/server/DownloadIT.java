package io.larder.storage.server;

import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.delete;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Command 14 (S1 §4.8).
class DownloadIT extends ServedStoreCase {
  @Test
  void wholeFilesOfAllSizesComeBack() throws Exception {
    try (Peer peer = served.peer()) {
      for (int size : new int[] {1, 10, 4096, 65_535, 65_536, 65_537, 300_000, 2_500_000}) {
        byte[] content = pattern(size);
        String name = peer.ask(upload(size, "bin"), content).name();
        assertThat(peer.ask(download(name)).body).as("%d bytes", size).isEqualTo(content);
      }
    }
  }

  @Test
  void rangeIsCutOutAndCutToTheFile() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "0123456789", "txt");

      assertThat(peer.ask(download(name, 3, 4)).body).isEqualTo(bytes("3456"));
      assertThat(peer.ask(download(name, 3, 0)).body).isEqualTo(bytes("3456789"));
      assertThat(peer.ask(download(name, 8, 100)).body).isEqualTo(bytes("89"));
      assertThat(peer.ask(download(name, 9, Long.MAX_VALUE)).body).isEqualTo(bytes("9"));
    }
  }

  @Test
  void largeRangeIsCutOut() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] content = pattern(3_000_000);
      String name = peer.ask(upload(content.length, "bin"), content).name();

      assertThat(peer.ask(download(name, 1234, 2_000_000)).body)
          .isEqualTo(Arrays.copyOfRange(content, 1234, 2_001_234));
    }
  }

  @Test
  void offsetAtOrBehindTheEndIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "0123456789", "txt");
      assertInvalid(download(name, 10, 0));
      assertInvalid(download(name, 11, 5));
      assertInvalid(download(name, Long.MAX_VALUE, 0));
    }
  }

  @Test
  void negativeOffsetOrCountIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(download(stored(peer, "x", "txt")), new byte[0]);
      frame[10] = (byte) 0xFF;
      assertInvalid(frame);
      frame[10] = 0;
      frame[18] = (byte) 0xFF;
      assertInvalid(frame);
    }
  }

  @Test
  void emptyFileIsSentAsAnEmptyBody() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "", "txt");

      for (long count : new long[] {0, 100}) {
        Peer.Answer answer = peer.ask(download(name, 0, count));
        assertThat(answer.status).isZero();
        assertThat(answer.body).isEmpty();
      }
      assertThat(peer.isOpen()).isTrue();
      assertInvalid(download(name, 1, 0));
    }
  }

  @Test
  void missingFileIsNotFoundAndTheConnectionStays() throws Exception {
    assertRefused(2, download("M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt"));
  }

  @Test
  void directoryIsNoFile() throws Exception {
    Files.createDirectories(served.file("M00/00/00/folder-in-the-way"));
    assertRefused(21, download("M00/00/00/folder-in-the-way"));
  }

  @Test
  void symbolicLinkIsFollowed() throws Exception {
    try (Peer peer = served.peer()) {
      String target = stored(peer, "target", "txt");
      String link = target.substring(0, 37) + "777.txt";
      Files.createSymbolicLink(served.file(link), served.file(target));
      assertThat(peer.ask(download(link)).body).isEqualTo(bytes("target"));
    }
  }

  @Test
  void deletedFileIsStillSentToWhoBeganToReadIt() throws Exception {
    try (Peer peer = served.peer();
        Peer other = served.peer()) {
      byte[] content = pattern(8_000_000);
      String name = peer.ask(upload(content.length, "bin"), content).name();
      peer.send(Peer.frame(download(name), new byte[0]));
      // The reply has begun when its first byte is there, so the file is open.
      org.awaitility.Awaitility.await().until(() -> peer.socket.getInputStream().available() > 0);

      assertThat(other.ask(delete(name)).status).isZero();
      assertThat(peer.answer().body).isEqualTo(content);
    }
  }

  @Test
  void fileThatBecomesShorterWhileItIsSentEndsTheConnection() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] content = pattern(30_000_000);
      String name = peer.ask(upload(content.length, "bin"), content).name();
      peer.send(Peer.frame(download(name), new byte[0]));
      org.awaitility.Awaitility.await().until(() -> peer.socket.getInputStream().available() > 0);
      try (var file =
          java.nio.channels.FileChannel.open(
              served.file(name), java.nio.file.StandardOpenOption.WRITE)) {
        file.truncate(100);
      }

      org.assertj.core.api.Assertions.assertThatExceptionOfType(java.io.IOException.class)
          .isThrownBy(peer::answer)
          .isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }
  }
}
