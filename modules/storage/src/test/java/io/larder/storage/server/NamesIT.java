package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.modify;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Groups and names that are not in order, for every command that takes them (S1 §4, checks 1 to 4).
class NamesIT extends ServedStoreCase {
  private static final String GOOD = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";
  private static final int[] WITH_GROUP = {12, 13, 14, 15, 22};

  private static final List<String> BAD_NAMES =
      List.of(
          "M00/00/00",
          "../../../../etc/passwd",
          "M00/00/00/../../../../../etc/passwd",
          "M00/../00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "/etc/passwd/and/so/on",
          "M00/00/00/a/b.txt",
          "M00/00/00/..",
          "M00/00/00/.",
          "M00/aa/bb/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "M00/0G/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "Mzz/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "M02/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "MFF/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "M00x00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt",
          "M00/00/00/Ck0pAWsCoICAYjgO\0AAABTYQpoY583.txt",
          "M00/00/00/" + "x".repeat(118),
          "M00/00/00/" + "x".repeat(990));

  static Stream<Arguments> badNames() {
    return Stream.of(12, 13, 14, 15, 22)
        .flatMap(command -> BAD_NAMES.stream().map(name -> Arguments.of(command, name)));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void nameThatIsNoLogicalNameIsInvalidAndCloses(int command, String name) throws Exception {
    assertInvalid(frame(command, "group1", name));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void nameThatIsNoAppendersIsInvalidAndCloses(int unused, String name) throws Exception {
    for (int command : new int[] {24, 34, 36, 38}) {
      assertInvalid(changeFrame(command, name));
    }
  }

  @Test
  void groupThatIsNotOursIsInvalidAndCloses() throws Exception {
    List<String> groups =
        List.of(
            "group2", "", "Group1", "group", "group11", "gro/up", "../../group1", "g".repeat(16));
    for (int command : WITH_GROUP) {
      for (String group : groups) {
        assertInvalid(frame(command, group, GOOD));
      }
    }
  }

  @Test
  void groupOfSeventeenBytesShiftsTheNameAndIsInvalid() throws Exception {
    for (int command : WITH_GROUP) {
      assertInvalid(frame(command, "group1aaaaaaaaaaa", GOOD));
    }
  }

  @Test
  void bytesBehindTheFirstNulOfTheGroupAreIgnored() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      byte[] frame = frame(14, "group1\0garbage", name);
      assertThat(peer.send(frame).answer().body).isEqualTo(bytes("content"));
    }
  }

  @Test
  void wrongBase64IsAFileNameLikeAnyOther() throws Exception {
    for (String name : List.of("M00/00/00/!!!!", "M00/00/00/Ck0pAWsC*ICAYjgOAAAABTYQpoY583.txt")) {
      assertRefused(2, download(name));
    }
  }

  @Test
  void nameWithoutAStorePathIsOnTheFirstOne() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "content", "txt");
      String old = name.substring(4); // as before 1.12
      assertThat(peer.ask(download(old)).body).isEqualTo(bytes("content"));
    }
  }

  @Test
  void shortNameThatExistsIsServed() throws Exception {
    java.nio.file.Files.writeString(served.file("M00/00/00/short"), "short file");
    try (Peer peer = served.peer()) {
      assertThat(peer.ask(download("M00/00/00/short")).body).isEqualTo(bytes("short file"));
    }
  }

  @Test
  void trunkNameThatIsNotThereIsNotFound() throws Exception {
    String trunk = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt";
    assertRefused(2, download(trunk));
    assertRefused(2, Requests.info(trunk, 0));
    assertRefused(2, Requests.delete(trunk));
    assertRefused(2, append(trunk, 1), "x");
    assertRefused(2, modify(trunk, 0, 1), "x");
    assertRefused(2, truncate(trunk, 1));
  }

  @Test
  void nameLengthsThatLieAreInvalidAndClose() throws Exception {
    for (long length : new long[] {-1, 0, 43, 128, 1000, Integer.MAX_VALUE + 1L, Long.MIN_VALUE}) {
      for (int command : new int[] {24, 34, 36}) {
        assertInvalid(changeFrame(command, length, 0, 1, GOOD, "x"));
      }
    }
    assertInvalid(Peer.frame(38, 0, bytes(GOOD.substring(1))));
    assertInvalid(Peer.frame(38, 0, bytes("M".repeat(128))));
  }

  private static byte[] frame(int command, String group, String name) {
    ByteBuf body = Unpooled.buffer();
    if (command == 13) {
      body.writeLong(name.length()).writeLong(3).writeByte('O');
    } else if (command == 14) {
      body.writeLong(0).writeLong(0);
    }
    body.writeBytes(bytes(group)).writeZero(Math.max(0, 16 - group.length()));
    body.writeBytes(bytes(name));
    if (command == 13) {
      body.writeBytes(bytes("a\2b"));
    }
    return Peer.frame(command, 0, ByteBufUtil.getBytes(body));
  }

  private static byte[] changeFrame(int command, String name) {
    return changeFrame(command, name.length(), 0, 1, name, command == 36 ? "" : "x");
  }

  private static byte[] changeFrame(
      int command, long nameLength, long offset, long size, String name, String content) {
    ByteBuf body = Unpooled.buffer();
    if (command != 38) {
      body.writeLong(nameLength);
      if (command == 34) {
        body.writeLong(offset);
      }
      body.writeLong(size);
    }
    body.writeBytes(bytes(name));
    if (command == 24 || command == 34) {
      body.writeBytes(bytes(content));
    }
    return Peer.frame(command, 0, ByteBufUtil.getBytes(body));
  }
}
