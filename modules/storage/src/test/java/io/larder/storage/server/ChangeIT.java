package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.info;
import static io.larder.storage.server.Requests.link;
import static io.larder.storage.server.Requests.modify;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.regenerate;
import static io.larder.storage.server.Requests.setMetadata;
import static io.larder.storage.server.Requests.slave;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static io.larder.storage.server.Requests.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.StorageRequest;
import io.larder.store.ReservedSpace;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Commands 24, 34, 36 and 38 (S1 §4.3 to §4.6, §4.11).
class ChangeIT extends ServedStoreCase {
  private static final String GONE = "M00/00/00/Ck0pAWsCoICEL2MvAAAAAKaEx8Y999.log";

  @Test
  void appendedBytesStandBehindTheOldOnesAndAreLogged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");

      Peer.Answer answer = peer.ask(append(name, 6), bytes(" world"));

      assertThat(answer.status).isZero();
      assertThat(answer.body).isEmpty();
      assertThat(served.file(name)).hasContent("hello world");
      assertThat(served.binlog()).contains("A " + name + " 5 6");
    }
  }

  @Test
  void modifiedBytesReplaceAndExtendAndAreLogged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");

      assertThat(peer.ask(modify(name, 0, 1), bytes("J")).status).isZero();
      assertThat(peer.ask(modify(name, 5, 2), bytes("!!")).status).isZero();
      assertThat(peer.ask(modify(name, 6, 3), bytes("abc")).status).isZero();

      assertThat(served.file(name)).hasContent("Jello!abc");
      assertThat(served.binlog()).contains("M " + name + " 0 1", "M " + name + " 5 2");
    }
  }

  @Test
  void modifyBehindTheEndOrBeforeTheBeginningIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");
      assertInvalid(modify(name, 6, 1), "x");
      byte[] negative = Peer.frame(modify(name, 0, 1), bytes("x"));
      negative[18] = (byte) 0xFF;
      assertInvalid(negative);
      assertThat(served.file(name)).hasContent("hello");
    }
  }

  @Test
  void truncateCutsAndExtendsWithZerosAndIsLogged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");

      assertThat(peer.ask(truncate(name, 2)).status).isZero();
      assertThat(served.file(name)).hasContent("he");
      assertThat(peer.ask(truncate(name, 4)).status).isZero();
      assertThat(served.file(name)).hasBinaryContent(new byte[] {'h', 'e', 0, 0});
      assertThat(served.binlog()).contains("T " + name + " 5 2", "T " + name + " 2 4");
    }
  }

  @Test
  void truncateToANegativeSizeIsInvalidAndCloses() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(truncate(storedAppender(peer, "hello"), 0), new byte[0]);
      frame[18] = (byte) 0x80;
      assertInvalid(frame);
    }
  }

  @Test
  void changeWithoutEffectIsAnsweredWithAnEmptyBodyAndNotLogged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");
      int lines = served.binlog().size();

      for (StorageRequest request :
          List.of(append(name, 0), modify(name, 2, 0), truncate(name, 5))) {
        Peer.Answer answer = peer.ask(request);
        assertThat(answer.status).isZero();
        assertThat(answer.body).isEmpty();
      }
      assertThat(served.binlog()).hasSize(lines);
    }
  }

  /// S1 §4.16: only new files are held against the reserve.
  @Test
  void whatExistsIsChangedAlsoWithoutSpaceAboveTheReserve() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");
      served.reserve(new ReservedSpace.Ratio(0.9999));

      assertThat(peer.ask(append(name, 1), bytes("!")).status).isZero();
      assertThat(peer.ask(modify(name, 0, 1), bytes("J")).status).isZero();
      assertThat(peer.ask(truncate(name, 2)).status).isZero();
      assertThat(peer.ask(setMetadata(name, 'O', "a\2b")).status).isZero();
      assertThat(peer.ask(link(name, "", "", "txt")).status).isZero();
      assertThat(peer.ask(regenerate(name)).status).isZero();
    } finally {
      served.reserve(new ReservedSpace.Megabytes(0));
    }
  }

  @Test
  void missingAppenderIsNotFoundAndTheConnectionStays() throws Exception {
    assertRefused(2, append(GONE, 1), "x");
    assertRefused(2, modify(GONE, 0, 1), "x");
    assertRefused(2, truncate(GONE, 1));
    assertRefused(2, regenerate(GONE));
  }

  @Test
  void plainFileCannotBeChanged() throws Exception {
    try (Peer peer = served.peer()) {
      String name = stored(peer, "plain", "txt");
      assertInvalid(append(name, 1), "x");
      assertInvalid(modify(name, 0, 1), "x");
      assertInvalid(truncate(name, 1));
      assertInvalid(regenerate(name));
      assertThat(served.file(name)).hasContent("plain");
    }
  }

  @Test
  void symbolicLinkCannotBeChanged() throws Exception {
    try (Peer peer = served.peer()) {
      String target = storedAppender(peer, "target");
      String link = target.substring(0, 37) + "777.log";
      Files.createSymbolicLink(served.file(link), served.file(target));
      assertInvalid(append(link, 1), "x");
      assertThat(served.file(target)).hasContent("target");
    }
  }

  @Test
  void slaveOfAnAppenderCanBeChanged() throws Exception {
    try (Peer peer = served.peer()) {
      String master = storedAppender(peer, "m");
      String name = peer.ask(slave(master, "_s", "log", 1), bytes("s")).name();
      assertThat(peer.ask(append(name, 2), bytes("xy")).status).isZero();
      assertThat(served.file(name)).hasContent("sxy");
    }
  }

  @Test
  void longChangesAreStreamed() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "");
      byte[] content = pattern(900_001);
      assertThat(peer.ask(append(name, content.length), content).status).isZero();
      assertThat(served.file(name)).hasBinaryContent(content);
      byte[] other = new byte[600_000];
      assertThat(peer.ask(modify(name, 1, other.length), other).status).isZero();
      System.arraycopy(other, 0, content, 1, other.length);
      assertThat(served.file(name)).hasBinaryContent(content);
    }
  }

  @Test
  void longAppendToAMissingFileIsRefusedThenTheConnectionCloses() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(peer.ask(append(GONE, 2_000_000), pattern(2_000_000)).status).isEqualTo(2);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void appendThatBreaksOffChangesNothing() throws Exception {
    try (Peer peer = served.peer()) {
      String name = storedAppender(peer, "hello");
      byte[] frame = Peer.frame(append(name, 1_000_000), pattern(1_000_000));
      try (Peer broken = served.peer()) {
        broken.send(frame, 0, 800_000);
      }
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(served.connections.current()).isEqualTo(1));

      assertThat(peer.ask(append(name, 1), bytes("!")).status).isZero();
      assertThat(served.file(name)).hasContent("hello!");
    }
  }

  @Test
  void regeneratedAppenderHasAPlainNameAndTheOldOneIsGone() throws Exception {
    try (Peer peer = served.peer()) {
      String old = storedAppender(peer, "hello");
      peer.ask(append(old, 3), bytes("you"));

      String name = peer.ask(regenerate(old)).name();

      FileFacts facts = FileFacts.of(LogicalName.parse(name)).orElseThrow();
      assertThat(facts.kind()).isEqualTo(FileFacts.Kind.PLAIN);
      assertThat(facts.size()).hasValue(8);
      assertThat(name).startsWith(old.substring(0, 10)).endsWith(old.substring(37));
      assertThat(peer.ask(download(name)).body).isEqualTo(bytes("helloyou"));
      assertThat(peer.ask(info(old, 0)).status).isEqualTo(2);
      assertThat(served.binlog()).contains("R " + name + " " + old);
      assertThat(peer.ask(append(old, 1), bytes("x")).status).isEqualTo(2);
      assertInvalid(append(name, 1), "x");
    }
  }
}
