package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.delete;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.getMetadata;
import static io.larder.storage.server.Requests.info;
import static io.larder.storage.server.Requests.link;
import static io.larder.storage.server.Requests.setMetadata;
import static io.larder.storage.server.Requests.slave;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static io.larder.storage.server.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.StorageRequest;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Commands 12, 13, 15, 22 and 20 (S1 §4.7, §4.9, §4.10, §4.12).
class FileCommandsIT extends ServedStoreCase {
  private static final String GONE = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";
  private static final String TRUNK =
      "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt";

  @Test
  void deletedFileIsGoneWithItsMetadataAndBothAreLogged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      peer.ask(setMetadata(name, 'O', "a\2b"));

      Peer.Answer answer = peer.ask(delete(name));

      assertThat(answer.status).isZero();
      assertThat(answer.body).isEmpty();
      assertThat(served.file(name)).doesNotExist();
      assertThat(served.file(name + "-m")).doesNotExist();
      assertThat(served.binlog()).containsSubsequence("D " + name, "D " + name + "-m");
      assertThat(peer.ask(download(name)).status).isEqualTo(2);
    }
  }

  @Test
  void deletedMasterLeavesItsSlaves() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "txt");
      String slave = peer.ask(slave(master, "_s", "txt", 1), bytes("s")).name();
      peer.ask(delete(master));
      assertThat(peer.ask(download(slave)).body).isEqualTo(bytes("s"));
    }
  }

  @Test
  void missingFileIsNotFoundForEveryCommandAndTheConnectionStays() throws Exception {
    for (StorageRequest request :
        List.<StorageRequest>of(
            delete(GONE),
            getMetadata(GONE),
            setMetadata(GONE, 'O', "a\2b"),
            setMetadata(GONE, 'M', ""),
            info(GONE, 0),
            info(GONE, 3),
            link(GONE, "", "", "txt"))) {
      assertRefused(2, request);
    }
  }

  @Test
  void deleteWithoutANameIsInvalidAndCloses() throws Exception {
    assertInvalid(Peer.frame(12, 0, new byte[16]));
  }

  @Test
  void metadataIsSortedAndComesBack() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");

      Peer.Answer answer = peer.ask(setMetadata(name, 'O', "width\2" + "160\1author\2Li"));

      assertThat(answer.status).isZero();
      assertThat(answer.body).isEmpty();
      assertThat(text(peer.ask(getMetadata(name)).body)).isEqualTo("author\2Li\1width\2" + "160");
      assertThat(served.binlog()).contains("C " + name + "-m");
    }
  }

  @Test
  void mergedMetadataKeepsWhatIsNotGiven() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      assertThat(peer.ask(setMetadata(name, 'M', "b\2old\1c\2keep")).status).isZero();
      assertThat(peer.ask(setMetadata(name, 'M', "b\2new\1a\2first")).status).isZero();
      assertThat(peer.ask(setMetadata(name, 'M', "")).status).isZero();

      assertThat(text(peer.ask(getMetadata(name)).body)).isEqualTo("a\2first\1b\2new\1c\2keep");
      assertThat(served.binlog()).containsSubsequence("C " + name + "-m", "U " + name + "-m");
    }
  }

  @Test
  void emptyMetadataRemovesAllAndIsLoggedOnce() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      peer.ask(setMetadata(name, 'O', "a\2b"));
      assertThat(peer.ask(setMetadata(name, 'O', "")).status).isZero();
      int lines = served.binlog().size();
      assertThat(peer.ask(setMetadata(name, 'O', "")).status).isZero();

      assertThat(served.binlog()).hasSize(lines).contains("D " + name + "-m");
      assertThat(peer.ask(getMetadata(name)).status).isEqualTo(2);
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void longNamesAndValuesAreCutAndNothingIsLeftOver() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      String records = "n".repeat(70) + "\2" + "v".repeat(300) + "\1nosep\1a\2" + "1";
      peer.ask(setMetadata(name, 'O', records));

      assertThat(text(peer.ask(getMetadata(name)).body))
          .isEqualTo("a\2" + "1\1" + "n".repeat(64) + "\2" + "v".repeat(256));
    }
  }

  @Test
  void metadataUpToTheBufferIsTakenAndMoreIsInvalid() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      assertThat(peer.ask(setMetadata(name, 'O', many(200_000))).status).isZero();
      assertThat(peer.ask(getMetadata(name)).body).hasSizeGreaterThan(150_000);
      assertInvalid(setMetadata(name, 'O', many(300_000)));
    }
  }

  private static String many(int size) {
    StringBuilder records = new StringBuilder();
    for (int i = 0; records.length() < size; i++) {
      records.append(i == 0 ? "" : "\1").append("name").append(i).append('\2').append("value");
    }
    return records.toString();
  }

  @Test
  void flagOfMetadataThatIsNeitherIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(setMetadata(stored(peer, "x", "txt"), 'O', "a\2b"), new byte[0]);
      frame[26] = 'X';
      assertInvalid(frame);
    }
  }

  @Test
  void lengthOfMetadataThatLiesIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(setMetadata(stored(peer, "x", "txt"), 'O', "a\2b"), new byte[0]);
      frame[25] = 9;
      assertInvalid(frame);
      frame[18] = (byte) 0xFF;
      assertInvalid(frame);
    }
  }

  @Test
  void infoOfAPlainFileComesFromDiskAndName() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "hello", "txt");

      FileReply.FileInfo facts = facts(peer, name, 0);

      assertThat(facts.size()).isEqualTo(5);
      assertThat(facts.crc32()).isEqualTo(0x3610a686);
      assertThat(facts.sourceIp()).isEqualTo(ServedStore.SOURCE_IP);
      assertThat(facts.modifiedAt())
          .isEqualTo(Files.getLastModifiedTime(served.file(name)).toMillis() / 1000);
    }
  }

  @Test
  void infoOfAnAppenderComputesItsCrcUnlessToldNotTo() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");
      peer.ask(append(name, 1), bytes("!"));

      assertThat(facts(peer, name, 0).size()).isEqualTo(6);
      assertThat(facts(peer, name, 0).crc32()).isEqualTo(crc("hello!"));
      assertThat(facts(peer, name, 2).crc32()).isEqualTo(crc("hello!"));
      assertThat(facts(peer, name, 1).crc32()).isZero();
      assertThat(facts(peer, name, 3).crc32()).isZero();
    }
  }

  @Test
  void infoOfASlaveIsTheCrcOfItsOwnContentHoweverShortItsName() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "master", "txt");
      String slave = peer.ask(slave(master, "_120x120", "txt", 5), bytes("slave")).name();
      String bare = peer.ask(slave(master, "_s", "", 5), bytes("slave")).name();

      assertThat(bare).hasSizeLessThan(44);
      assertThat(facts(peer, slave, 0).crc32()).isEqualTo(crc("slave"));
      assertThat(facts(peer, bare, 0).crc32()).isEqualTo(crc("slave"));
    }
  }

  @Test
  void infoOfANameWithAnUnknownIdHasNoAddress() throws Exception {
    String name = "M00/00/00/oYYBAGsCoICAUu08ABDI4BIFFfc796.bin";
    Files.createDirectories(served.file(name).getParent());
    Files.writeString(served.file(name), "x");
    try (Peer peer = served.peer()) {
      assertThat(facts(peer, name, 0).sourceIp()).isEmpty();
    }
  }

  @Test
  void infoHasRoomForIpv6WhereTheTrackerSaysSo() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "hello", "txt");
      served.width = AddressWidth.WIDE;

      Peer.Answer answer = peer.ask(info(name, 0));

      assertThat(answer.body).hasSize(24 + 46);
      FileReply.FileInfo facts =
          (FileReply.FileInfo)
              Command.QUERY_FILE_INFO.readReply(
                  new BodyReader(Unpooled.wrappedBuffer(answer.body)));
      assertThat(facts.sourceIp()).isEqualTo(ServedStore.SOURCE_IP);
    } finally {
      served.width = AddressWidth.NARROW;
    }
  }

  @Test
  void infoOfANameTooShortToSayAnythingIsInvalidWhenItExists() throws Exception {
    Files.writeString(served.file("M00/00/00/tooshort"), "x");
    assertInvalid(info("M00/00/00/tooshort", 0));
    assertRefused(2, info("M00/00/00/notthere", 0));
  }

  @Test
  void linkIsAnotherNameForTheFile() throws Exception {
    try (Peer peer = served.peer()) {
      String source = stored(peer, "hello", "txt");

      String fresh = peer.ask(link(source, "", "", "txt")).name();
      String named = peer.ask(link(source, source, "_l", "txt")).name();

      assertThat(peer.ask(download(fresh)).body).isEqualTo(bytes("hello"));
      assertThat(peer.ask(download(named)).body).isEqualTo(bytes("hello"));
      assertThat(Files.isSymbolicLink(served.file(fresh))).isTrue();
      assertThat(served.binlog()).contains("L " + fresh + " " + source);
      assertThat(facts(peer, fresh, 0).size()).isEqualTo(5);
      assertThat(peer.ask(link(source, source, "_l", "txt")).status).isEqualTo(17);
      assertInvalid(link(fresh, "", "", "txt"));
    }
  }

  @Test
  void linkToATrunkFileUnderASlaveNameIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String master = stored(peer, "hello", "txt");
      assertInvalid(link(TRUNK, master, "_l", "txt"));
    }
  }

  @Test
  void linkAcrossStorePathsIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String source = stored(peer, "hello", "txt");
      assertInvalid(link(source, "M01" + source.substring(3), "_l", "txt"));
    }
  }

  @Test
  void linkWithASlashInPrefixOrExtensionIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String source = stored(peer, "hello", "txt");
      byte[] frame = Peer.frame(link(source, source, "_l", "txt"), new byte[0]);
      frame[10 + 24 + 16] = '/';
      assertInvalid(frame);
    }
  }

  @Test
  void linkOfAnotherGroupIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(link(stored(peer, "x", "txt"), "", "", ""), new byte[0]);
      frame[10 + 24] = 'G';
      assertInvalid(frame);
    }
  }

  private static FileReply.FileInfo facts(Peer peer, String name, int flags) throws IOException {
    Peer.Answer answer = peer.ask(info(name, flags));
    assertThat(answer.status).isZero();
    assertThat(answer.body).hasSize(40);
    return (FileReply.FileInfo)
        Command.QUERY_FILE_INFO.readReply(new BodyReader(Unpooled.wrappedBuffer(answer.body)));
  }

  private static int crc(String content) {
    CRC32 crc = new CRC32();
    crc.update(bytes(content));
    return (int) crc.getValue();
  }
}
