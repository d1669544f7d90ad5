package io.larder.storage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.FileReply;
import io.larder.store.ReservedSpace;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests recorded from clients of C FastDFS, sent again to a store that holds what theirs held: the same status,
/// the same kind of body, open or closed afterwards as theirs. Where theirs has a known defect, ours has not.
class RecordedFramesIT extends ServedStoreCase {
  private static final String DIRECTORY = "M00/00/00/";
  private static final String PLAIN = DIRECTORY + "Ck0rAWsCxY6AcBKKAAAABTYQpoY196.txt";
  private static final String APPENDER = DIRECTORY + "Ck0rAWsCxY6EEVwoAAAAAKaEx8Y856.log";
  private static final String LINK = DIRECTORY + "Ck0rAWsCxY-AGQHBAAAABU0XPhY3828933";
  private static final String NAMED_LINK = DIRECTORY + "Ck0rAWsCxY6AcBKKAAAABTYQpoY196_lnk.txt";

  static Stream<Vector> recorded() {
    return Vectors.names().stream()
        .filter(name -> name.startsWith("storage-") && !name.startsWith("storage-trunk-"))
        .map(Vectors::get);
  }

  /// The files of the recorded storage, as they were in the midst of the recording.
  @BeforeEach
  void fill() throws IOException {
    Path directory = served.file(PLAIN).getParent();
    try (Stream<Path> old = Files.list(directory)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(served.file(PLAIN), "hello");
    Files.writeString(served.file(APPENDER), "0123456789abcde");
    Files.writeString(served.file(DIRECTORY + "Ck0rAWsCxY6EEVwoAAAAAKaEx8Y856_s.log"), "slave!");
    Files.writeString(
        served.file(DIRECTORY + "Ck0rAWsCxY6AcBKKAAAABTYQpoY196_120x120.jpg"), "slavedata");
    Files.writeString(served.file(DIRECTORY + "Ck0rAWsCxY6AcBKKAAAABTYQpoY196_s"), "short!");
    Files.writeString(served.file(DIRECTORY + "Ck0rAWsCxY6AR_tOAAAAAAAAAAA6051890"), "");
    Files.writeString(served.file(DIRECTORY + "Ck0rAWsCxY-AciDNAAAACP1IL-A856.log"), "8 bytes.");
    Files.createSymbolicLink(served.file(LINK), served.file(PLAIN));
    Files.createSymbolicLink(served.file(NAMED_LINK), served.file(PLAIN));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void recordedRequestIsAnsweredAsRecorded(Vector vector) throws Exception {
    prepare(vector);
    boolean emptyFile = vector.bug().equals(java.util.Optional.of("empty-file-refused"));
    byte[] reply = HexFormat.of().parseHex(vector.reply().hex());
    try (Peer peer = served.peer()) {
      Peer.Answer answer = peer.send(HexFormat.of().parseHex(vector.request().hex())).answer();

      assertThat(answer.status).isEqualTo(emptyFile ? 0 : reply[9]);
      assertBody(vector, answer.body, Arrays.copyOfRange(reply, 10, reply.length));
      if (vector.closes() && !emptyFile) {
        assertThat(peer.isEnded()).isTrue();
      } else {
        assertThat(peer.isOpen()).isTrue();
      }
    } finally {
      served.reserve(new ReservedSpace.Megabytes(0));
    }
  }

  /// What this one recording needs to be different.
  private static void prepare(Vector vector) throws IOException {
    String name = vector.name();
    byte[] body = HexFormat.of().parseHex(vector.reply().hex());
    if (name.contains("-enospc-")) {
      served.reserve(new ReservedSpace.Ratio(0.9999));
    }
    if (List.of(
            "storage-delete-file-enoent-1",
            "storage-get-metadata-enoent-1",
            "storage-query-file-info-enoent-4")
        .contains(name)) {
      Files.delete(served.file(PLAIN));
    }
    if (name.startsWith("storage-regenerate-appender-filename-enoent")) {
      Files.delete(served.file(APPENDER));
    }
    if (name.startsWith("storage-create-link-enoent")) {
      Files.deleteIfExists(served.file(text(vector, "source")));
    }
    if (name.equals("storage-create-link-ok-2")) {
      Files.delete(served.file(NAMED_LINK));
    }
    if (name.startsWith("storage-upload-slave-file-ok")) {
      Files.deleteIfExists(served.file(Peer.nameIn(Arrays.copyOfRange(body, 10, body.length))));
    }
    if (name.startsWith("storage-get-metadata-ok")) {
      Files.write(served.file(PLAIN + "-m"), Arrays.copyOfRange(body, 10, body.length));
    }
    if (name.startsWith("storage-download-file-ok")) {
      byte[] content = Arrays.copyOfRange(body, 10, body.length);
      int offset = Integer.parseInt(text(vector, "offset"));
      byte[] whole = new byte[offset + content.length];
      System.arraycopy(content, 0, whole, offset, content.length);
      Files.write(served.file(text(vector, "filename")), whole);
    }
    if (name.startsWith("storage-query-file-info-ok")) {
      FileReply.FileInfo facts = facts(Arrays.copyOfRange(body, 10, body.length));
      Path file = served.file(text(vector, "filename"));
      byte[] content = Arrays.copyOf(Files.readAllBytes(file), (int) facts.size());
      Files.write(file, content);
      Files.setLastModifiedTime(file, FileTime.fromMillis(facts.modifiedAt() * 1000));
    }
  }

  private static void assertBody(Vector vector, byte[] ours, byte[] theirs) {
    switch (vector.code()) {
      case 14 -> {
        assertThat(ours).isEqualTo(theirs);
      }
      case 15 -> assertThat(ours).isEqualTo(theirs);
      case 11, 20, 21, 23, 38 -> {
        assertThat(ours).hasSameSizeAs(theirs);
        if (theirs.length > 0) {
          assertThat(Arrays.copyOf(ours, 16)).isEqualTo(Arrays.copyOf(theirs, 16));
          assertSameForm(Peer.nameIn(ours), Peer.nameIn(theirs), vector.code());
        }
      }
      case 22 -> assertInfo(vector, ours, theirs);
      default -> assertThat(ours).isEmpty();
    }
  }

  /// Slaves and named links are named alike; new names have the same directory depth and extension.
  private static void assertSameForm(String ours, String theirs, int code) {
    if (code == 21 || theirs.length() > 44) {
      assertThat(ours).isEqualTo(theirs);
    } else {
      String tail = theirs.substring(37).replaceAll("^[0-9]+", "");
      assertThat(ours.substring(37).replaceAll("^[0-9]+", "")).isEqualTo(tail);
    }
  }

  /// The CRC of what is computed, and the time of a link, depend on content and moment; the rest is equal.
  private static void assertInfo(Vector vector, byte[] ours, byte[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    if (theirs.length == 0) {
      return;
    }
    String name = text(vector, "filename");
    boolean link = name.equals(LINK) || name.equals(NAMED_LINK);
    boolean computed = (name.contains("_") && name.length() != 44) || name.equals(APPENDER);
    if (!link) {
      assertThat(facts(ours).modifiedAt()).isEqualTo(facts(theirs).modifiedAt());
    }
    if (!computed) {
      assertThat(facts(ours).crc32()).isEqualTo(facts(theirs).crc32());
    }
    assertThat(facts(ours).size()).isEqualTo(facts(theirs).size());
    assertThat(facts(ours).sourceIp()).isEqualTo(facts(theirs).sourceIp());
  }

  private static FileReply.FileInfo facts(byte[] body) {
    return (FileReply.FileInfo)
        Command.QUERY_FILE_INFO.readReply(new BodyReader(Unpooled.wrappedBuffer(body)));
  }

  private static String text(Vector vector, String field) {
    return vector.request().fields().stream()
        .filter(row -> row.name().equals(field))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
