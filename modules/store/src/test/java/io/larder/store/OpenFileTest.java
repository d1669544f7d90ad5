package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
  @TempDir Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aWarmFileIsReadOnTheLoopWhereTheSystemCan() {
    String name = rig.stored(StoreRig.plain(), "0123456789");
    Asked.AFile file = new Asked.AFile();
    ByteBuf into = Unpooled.directBuffer(16);

    int status = rig.loop.call(() -> file.tryOpen(rig.lane, StoreRig.name(name)));
    if (status == OpenFile.WOULD_BLOCK) {
      assertThat(StoreRig.disk().readsCached()).isFalse();
      return;
    }
    int read = rig.loop.call(() -> file.tryRead(2, 5, into));

    assertThat(status).isZero();
    assertThat(file.size()).isEqualTo(10);
    assertThat(read).isIn(5, OpenFile.WOULD_BLOCK);
    if (read > 0) {
      assertThat(into.toString(StandardCharsets.US_ASCII)).isEqualTo("23456");
    }
    rig.loop.run(file::close);
    assertThat(file.isOpen()).isFalse();
  }

  @Test
  void aColdFileIsReadByTheThread() {
    String name = rig.stored(StoreRig.plain(), "0123456789");

    assertThat(rig.read(name)).isEqualTo("0123456789");
  }

  @Test
  void whatIsMissingADirectoryOrATrunkNameIsRefused() throws IOException {
    rig.stored(StoreRig.plain(), "makes the directory");
    String directory = "M00/00/00/0123456789";
    Files.createDirectory(rig.onDisk(directory));

    assertThat(rig.read("M00/00/00/0000000000")).isEqualTo("status 2");
    assertThat(rig.read(directory)).isEqualTo("status 21");
    assertThat(rig.read("M09/00/00/0000000000")).isEqualTo("status 22");
    assertThat(rig.read("M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt"))
        .isEqualTo("status 2");
  }

  @Test
  void linksAreFollowed() {
    String source = rig.stored(StoreRig.plain(), "content");
    String link = rig.link(source, Optional.empty(), "", "txt").name();

    assertThat(rig.read(link)).isEqualTo("content");
  }

  @Test
  void closingDuringAReadReleasesTheBufferAndFreesTheObject() {
    String name = rig.stored(StoreRig.plain(), "0123456789");
    Asked.AFile file = new Asked.AFile();
    rig.loop.run(() -> file.open(rig.lane, StoreRig.name(name)));
    assertThat(TestLoop.await(file.opened)).isZero();
    ByteBuf into = Unpooled.directBuffer(16);

    rig.loop.run(() -> {
      file.read(0, 10, into);
      file.close();
    });

    Awaitility.await().until(() -> into.refCnt() == 0);
    assertThat(file.read).isNotDone();
    assertThat(rig.loop.call(file::isOpen)).isFalse();
  }

  @Test
  void aWindowIsBroughtInAndSeenInTheCache() {
    String name = rig.stored(StoreRig.plain(), "x".repeat(300_000));
    Asked.AFile file = new Asked.AFile();
    rig.loop.run(() -> file.open(rig.lane, StoreRig.name(name)));
    TestLoop.await(file.opened);

    rig.loop.run(() -> file.bringIn(0, 200_000));

    assertThat(TestLoop.await(file.read)).isEqualTo(200_000);
    assertThat(rig.loop.call(() -> file.cachedBytes(0, 200_000))).isIn(200_000L, -1L);
    assertThat(rig.loop.call(file::descriptor) >= 0)
        .isNotEqualTo(rig.loop.call(file::channel).isPresent());
    rig.loop.run(file::close);
  }

  @Test
  void usingAFileThatIsNotOpenIsABug() {
    Asked.AFile file = new Asked.AFile();

    assertThatIllegalStateException().isThrownBy(() -> file.read(0, 1, Unpooled.directBuffer(1)));
  }
}
