package io.larder.storage.server;

import static io.larder.storage.server.Requests.appender;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.slave;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.StreamedRequest;
import io.larder.store.ReservedSpace;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Commands 11, 23 and 21 (S1 §4.1, §4.2, §4.16).
class UploadIT extends ServedStoreCase {
  @Test
  void uploadedBytesComeBackAndTheNameSaysSizeAndCrc() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] content = pattern(5000);
      String name = peer.ask(upload(5000, "jpg"), content).name();

      assertThat(peer.ask(download(name)).body).isEqualTo(content);
      assertThat(served.file(name)).hasBinaryContent(content);
      FileFacts facts = FileFacts.of(LogicalName.parse(name)).orElseThrow();
      CRC32 crc = new CRC32();
      crc.update(content);
      assertThat(facts.crc32()).isEqualTo((int) crc.getValue());
      assertThat(facts.size()).hasValue(5000);
      assertThat(facts.source().ipv4()).isEqualTo(ServedStore.SOURCE_IP);
      assertThat(name).hasSize(44).startsWith("M00/").endsWith(".jpg");
      assertThat(served.binlog()).contains("C " + name);
    }
  }

  @Test
  void replyCarriesTheGroupInSixteenBytesAndTheName() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] body = peer.ask(upload(1, "txt"), bytes("x")).body;

      assertThat(body).hasSize(16 + 44).startsWith(bytes("group1\0\0\0\0\0\0\0\0\0\0M00/"));
    }
  }

  @Test
  void emptyFileIsStored() throws Exception {
    try (Peer peer = served.peer()) {
      String name = peer.ask(upload(0, "txt"), bytes("")).name();

      assertThat(served.file(name)).hasSize(0);
      assertThat(FileFacts.of(LogicalName.parse(name)).orElseThrow().crc32()).isZero();
    }
  }

  @Test
  void extensionMayBeEmptyFullOrDotted() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(stored(peer, "x", "")).matches(".*[0-9]{7}");
      assertThat(stored(peer, "x", "abcdef")).endsWith(".abcdef");
      assertThat(stored(peer, "x", "tar.gz")).endsWith(".tar.gz");
    }
  }

  @Test
  void storePathAskedForIsTaken() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(peer.ask(on(1)).name()).startsWith("M01/");
    }
  }

  @Test
  void storePathOfMinusOneLetsTheServerChoose() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(peer.ask(on(-1)).status).isZero();
      assertThat(peer.ask(on(-1)).status).isZero();
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void storePathThatDoesNotExistIsInvalidAndCloses() throws Exception {
    for (int path : new int[] {2, 127, -2, -128}) {
      assertInvalid(Peer.frame(on(path), new byte[0]));
    }
  }

  @Test
  void sizeThatDiffersFromTheBodyIsInvalidAndCloses() throws Exception {
    assertInvalid(Peer.frame(11, 0, head(0, 4, "txt", "hello")));
    assertInvalid(Peer.frame(11, 0, head(0, 6, "txt", "hello")));
  }

  @Test
  void negativeSizeIsInvalidAndCloses() throws Exception {
    assertInvalid(Peer.frame(11, 0, head(0, -1, "txt", "")));
    assertInvalid(Peer.frame(23, 0, head(0, Long.MIN_VALUE, "txt", "")));
  }

  @Test
  void bodyShorterThanTheHeadIsInvalidAndCloses() throws Exception {
    assertInvalid(Peer.frame(11, 0, new byte[14]));
    assertInvalid(Peer.frame(23, 0, new byte[1]));
  }

  @Test
  void extensionWithAnotherCharacterIsInvalidAndCloses() throws Exception {
    for (String bad : new String[] {"a/b", "a b", "..\\x", "\u00e4", "a*"}) {
      assertInvalid(Peer.frame(11, 0, head(0, 1, bad, "x")));
    }
  }

  @Test
  void appenderIsStoredWithTheFlagInItsName() throws Exception {
    try (Peer peer = served.peer()) {
      String name = peer.ask(appender(5, "log"), bytes("hello")).name();

      assertThat(FileFacts.of(LogicalName.parse(name)).orElseThrow().kind())
          .isEqualTo(FileFacts.Kind.APPENDER);
      assertThat(served.file(name)).hasContent("hello");
    }
  }

  @Test
  void fileThatDoesNotFitIsRefusedAndTheConnectionStays() throws Exception {
    try (Peer peer = served.peer()) {
      served.reserve(new ReservedSpace.Ratio(0.9999));
      assertThat(peer.ask(upload(1, "txt"), bytes("x")).status).isEqualTo(28);
      assertThat(peer.isOpen()).isTrue();
    } finally {
      served.reserve(new ReservedSpace.Megabytes(0));
    }
  }

  @Test
  void longFileThatDoesNotFitIsRefusedThenTheConnectionCloses() throws Exception {
    try (Peer peer = served.peer()) {
      served.reserve(new ReservedSpace.Ratio(0.9999));
      assertThat(peer.ask(upload(3_000_000, "bin"), pattern(3_000_000)).status).isEqualTo(28);
      assertThat(peer.isEnded()).isTrue();
    } finally {
      served.reserve(new ReservedSpace.Megabytes(0));
    }
  }

  @Test
  void longFileIsStreamed() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] content = pattern(1_000_003);
      String name = peer.ask(upload(content.length, "bin"), content).name();

      assertThat(served.file(name)).hasBinaryContent(content);
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void uploadThatBreaksOffLeavesNothing() throws Exception {
    int before = served.binlog().size();
    byte[] frame = Peer.frame(upload(2_000_000, "bin"), pattern(2_000_000));
    try (Peer peer = served.peer()) {
      peer.send(frame, 0, 1_500_000);
    }
    try (Peer peer = served.peer()) {
      peer.send(frame, 0, 20_000);
    }
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(served.connections.current()).isZero());

    try (Peer peer = served.peer()) {
      String next = stored(peer, "next", "txt");
      assertThat(served.binlog()).hasSize(before + 1).last().isEqualTo("C " + next);
    }
  }

  @Test
  void slaveLiesBesideItsMasterUnderItsName() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "jpg");
      String stem = master.substring(0, master.length() - 4);

      String slave = peer.ask(slave(master, "_120x120", "jpg", 5), bytes("slave")).name();
      String bare = peer.ask(slave(master, "_b", "", 1), bytes("b")).name();

      assertThat(slave).isEqualTo(stem + "_120x120.jpg");
      assertThat(bare).isEqualTo(stem + "_b");
      assertThat(peer.ask(download(slave)).body).isEqualTo(bytes("slave"));
      assertThat(served.binlog()).contains("C " + slave);
    }
  }

  @Test
  void slaveOfASlaveAndOfAnAppenderIsStored() throws Exception {
    try (Peer peer = served.peer()) {
      String master = peer.ask(appender(1, "log"), bytes("m")).name();
      String slave = peer.ask(slave(master, "_s", "log", 1), bytes("s")).name();

      assertThat(peer.ask(slave(slave, "_t", "log", 1), bytes("t")).status).isZero();
    }
  }

  @Test
  void slaveWithoutMasterIsNotFoundAndTheConnectionStays() throws Exception {
    try (Peer peer = served.peer()) {
      String gone = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";
      assertThat(peer.ask(slave(gone, "_s", "txt", 1), bytes("x")).status).isEqualTo(2);
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void slaveThatExistsIsRefusedAndTheConnectionStays() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "txt");
      peer.ask(slave(master, "_s", "txt", 1), bytes("x"));

      assertThat(peer.ask(slave(master, "_s", "txt", 1), bytes("y")).status).isEqualTo(17);
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void spaceIsLookedAtBeforeTheMaster() throws Exception {
    try {
      served.reserve(new ReservedSpace.Ratio(0.9999));
      assertRefused(28, slave("M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt", "_s", "txt", 1), "x");
    } finally {
      served.reserve(new ReservedSpace.Megabytes(0));
    }
  }

  @Test
  void readOnlyStorePathIsReplacedByAnother() throws Exception {
    try (Peer peer = served.peer()) {
      served.readOnly(Set.of(0));
      assertThat(peer.ask(upload(1, "txt"), bytes("x")).name()).startsWith("M01/");
      served.readOnly(Set.of(0, 1));
      assertThat(peer.ask(upload(1, "txt"), bytes("x")).status).isEqualTo(28);
      assertThat(peer.isOpen()).isTrue();
    } finally {
      served.readOnly(Set.of());
    }
  }

  @Test
  void slaveWithoutPrefixIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "txt");
      assertInvalid(slaveFrame(master.length(), 1, "", "jpg", master, "x"));
    }
  }

  @Test
  void slaveNamedLikeMetadataIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "txt");
      assertInvalid(Peer.frame(slave(master, "-m", "", 1), bytes("x")));
    }
  }

  @Test
  void slaveWhoseNameWouldBeTakenForATrunkFilesIsInvalidAndCloses() throws Exception {
    String flagged = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A622.txt";
    java.nio.file.Files.writeString(served.file(flagged), "a plain file, whatever its name says");

    assertInvalid(Peer.frame(slave(flagged, "_sixteen_letters", "txt", 1), bytes("x")));
    assertRefused(
        2, slave("M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt", "_s", "", 1), "x");
  }

  @Test
  void slaveHeadThatIsWrongIsInvalidAndCloses() throws Exception {
    String master = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";
    assertInvalid(slaveFrame(10, 1, "_s", "jpg", master.substring(0, 10), "x"));
    assertInvalid(slaveFrame(128, 1, "_s", "jpg", "M".repeat(128), "x"));
    assertInvalid(slaveFrame(-1, 1, "_s", "jpg", master, "x"));
    assertInvalid(slaveFrame(Long.MAX_VALUE, 1, "_s", "jpg", master, "x"));
    assertInvalid(slaveFrame(master.length(), 2, "_s", "jpg", master, "x"));
    assertInvalid(slaveFrame(master.length(), -1, "_s", "jpg", master, ""));
    assertInvalid(slaveFrame(master.length(), 1, "_/s", "jpg", master, "x"));
    assertInvalid(slaveFrame(master.length(), 1, "_s", "j/g", master, "x"));
    assertInvalid(slaveFrame(12, 1, "_s", "jpg", "../../../etc", "x"));
    assertInvalid(Peer.frame(21, 0, new byte[38]));
  }

  private static StreamedRequest.Upload on(int storePath) {
    return new StreamedRequest.Upload((byte) storePath, 0, Extension.NONE, false);
  }

  private static byte[] head(int path, long size, String extension, String content) {
    var body = Unpooled.buffer().writeByte(path).writeLong(size).writeBytes(bytes(extension));
    body.writeZero(6 - extension.length()).writeBytes(bytes(content));
    return ByteBufUtil.getBytes(body);
  }

  private static byte[] slaveFrame(
      long nameLength, long size, String prefix, String ext, String master, String content) {
    var body = Unpooled.buffer().writeLong(nameLength).writeLong(size).writeBytes(bytes(prefix));
    body.writeZero(16 - prefix.length()).writeBytes(bytes(ext)).writeZero(6 - ext.length());
    body.writeBytes(bytes(master)).writeBytes(bytes(content));
    return Peer.frame(21, 0, ByteBufUtil.getBytes(body));
  }
}
