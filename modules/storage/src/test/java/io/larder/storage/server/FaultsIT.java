package io.larder.storage.server;

import static io.larder.storage.server.Requests.append;
import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.delete;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.getMetadata;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.setMetadata;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.platform.Disks;
import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client hears when the disk fails (S1 §1.2): the error as it is, no body, and the connection serves on, unless a
/// part of an answer is on its way already.
class FaultsIT {
  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk(Disks.choose(Disks.Form.BEST).disk());
  private ServedStore served;
  private Peer peer;

  @BeforeEach
  void open() throws Exception {
    served = new ServedStore(folder, disk);
    peer = served.peer();
  }

  @AfterEach
  void close() throws Exception {
    disk.heal();
    peer.close();
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Errno.EPERM,
        Errno.EIO,
        Errno.ENOMEM,
        Errno.EACCES,
        23,
        Errno.EMFILE,
        Errno.ENOSPC,
        Errno.EROFS
      })
  void theErrorOfTheDiskIsTheStatus(int errno) throws Exception {
    disk.failNext(Call.OPEN, errno);

    assertRefused(errno, peer.ask(upload(5, "txt"), bytes("hello")));
  }

  @Test
  void bytesThatCannotBeWrittenAreAnErrorAndLeaveNoFile() throws Exception {
    String kept = stored(peer, "kept", "txt");
    disk.failNext(Call.WRITE, Errno.EIO);

    assertRefused(Errno.EIO, peer.ask(upload(5, "txt"), bytes("hello")));

    assertThat(peer.ask(download(kept)).body).isEqualTo(bytes("kept"));
    assertThat(served.binlog()).hasSize(1);
  }

  @Test
  void bytesThatCannotBeReadAreAnErrorBeforeTheAnswerHasBegun() throws Exception {
    String name = stored(peer, "hello", "txt");
    disk.failAlways(Call.READ, Errno.EIO);

    assertRefused(Errno.EIO, peer.ask(download(name)));

    disk.heal();
    assertThat(peer.ask(download(name)).body).isEqualTo(bytes("hello"));
  }

  @Test
  void bytesThatCannotBeReadEndTheConnectionBehindTheHeadOfALongAnswer() throws Exception {
    byte[] content = pattern(3_000_000);
    String name = peer.ask(upload(content.length, "bin"), content).name();
    disk.failAlways(Call.READ, Errno.EIO);

    assertThatIOException().isThrownBy(() -> peer.ask(download(name)));
  }

  @Test
  void whenNoNameIsFreeItIsBusy() throws Exception {
    disk.failAlways(Call.LINK, Errno.EEXIST);

    assertRefused(Errno.EBUSY, peer.ask(upload(5, "txt"), bytes("hello")));
  }

  @Test
  void withoutARecordNothingIsDone() throws Exception {
    String name = storedAppender(peer, "kept");
    disk.failNext(Call.APPEND, Errno.EIO);

    assertThat(peer.ask(delete(name)).status).isNotZero();

    assertThat(peer.isOpen()).isTrue();
    assertThat(peer.ask(download(name)).body).isEqualTo(bytes("kept"));
  }

  @Test
  void anAppendThatFailsChangesNothing() throws Exception {
    String name = storedAppender(peer, "hello");
    disk.failNext(Call.WRITE, Errno.ENOSPC);

    assertRefused(Errno.ENOSPC, peer.ask(append(name, 6), bytes(" world")));

    assertThat(peer.ask(download(name)).body).isEqualTo(bytes("hello"));
  }

  @Test
  void metadataThatIsAFolderIsNoFile() throws Exception {
    String name = stored(peer, "hello", "txt");
    Files.createDirectory(served.file(name + "-m"));

    assertRefused(Errno.EISDIR, peer.ask(getMetadata(name)));
    assertRefused(Errno.EISDIR, peer.ask(setMetadata(name, 'O', "a\2b")));
  }

  private void assertRefused(int status, Peer.Answer answer) throws Exception {
    assertThat(answer.status).isEqualTo(status);
    assertThat(answer.body).isEmpty();
    assertThat(peer.isOpen()).isTrue();
  }
}
