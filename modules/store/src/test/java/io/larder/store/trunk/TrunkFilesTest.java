package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.fileid.NewName;
import io.larder.store.folder.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkFilesTest {
  private static final int SIZE = 4 << 20;

  @TempDir Path base;

  private final FaultyDisk disk = new FaultyDisk(LogRig.disk());
  private FlagFile flag;
  private StoreFolder folder;
  private TrunkFiles files;

  @BeforeEach
  void open() throws IOException {
    flag = new FlagFile(disk, Files.createDirectories(base.resolve("data")));
    folder = StoreFolder.open(disk, 0, Files.createDirectories(base.resolve("p0")).toString());
    files =
        new TrunkFiles(
            disk,
            List.of(folder),
            SIZE,
            flag,
            TrunkDirectories.inTurn(path -> new NewName.Directory(path, 0xA1, 0x0B)));
  }

  @AfterEach
  void close() throws IOException {
    folder.close();
    flag.close();
  }

  private Path path(TrunkFile file) {
    return base.resolve("p0/data").resolve(file.name());
  }

  @Test
  void aNumberIsDurableBeforeItIsUsed() throws IOException {
    TrunkFile file = files.next(0);

    assertThat(file).isEqualTo(new TrunkFile(new NewName.Directory(0, 0xA1, 0x0B), 1));
    assertThat(LogRig.lines(base.resolve("data/.data_init_flag")))
        .contains("current_trunk_file_id=1");
    assertThat(path(file)).doesNotExist();
    assertThat(files.next(0).id()).isEqualTo(2);
    assertThat(files.lastId()).isEqualTo(2);
  }

  @Test
  void numbersNeverGoBack() throws IOException {
    files.raiseId(7);
    files.raiseId(3);

    assertThat(files.lastId()).isEqualTo(7);
    assertThat(files.next(0).id()).isEqualTo(8);
  }

  @Test
  void afterTheLastNumberThereIsNoFurtherOne() throws IOException {
    files.raiseId(Integer.MAX_VALUE);

    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> files.next(0));
    assertThat(files.lastId()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aNewFileIsAHoleOfItsFullSizeInItsDirectory() throws IOException {
    TrunkFile file = files.next(0);

    assertThat(files.make(file)).isTrue();

    assertThat(file.name()).isEqualTo("A1/0B/000001");
    assertThat(Files.size(path(file))).isEqualTo(SIZE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path(file))))
        .isEqualTo("rw-r--r--");
    assertThat(files.make(file)).as("it is there").isFalse();
  }

  @Test
  void aFileThatCannotBeMadeWholeIsRemoved() throws IOException {
    TrunkFile file = files.next(0);
    files.open(new TrunkFile(file.directory(), 99)); // makes the directories
    disk.failNext(FaultyDisk.Call.SYNC, Errno.EIO);

    assertThatExceptionOfType(DiskException.class)
        .isThrownBy(() -> files.make(file))
        .withMessageContaining(file.name());

    assertThat(path(file)).doesNotExist();
    assertThat(files.make(file)).isTrue();
  }

  @Test
  void openingMakesAMissingFileAndExtendsAShortOne() throws IOException {
    TrunkFile missing = new TrunkFile(new NewName.Directory(0, 1, 2), 1_234_567);
    TrunkFile brief = new TrunkFile(new NewName.Directory(0, 1, 2), 5);
    TrunkFile larger = new TrunkFile(new NewName.Directory(0, 1, 2), 6);
    Files.createDirectories(base.resolve("p0/data/01/02"));
    Files.writeString(path(brief), "content");
    Files.write(path(larger), new byte[SIZE + 5]);

    for (TrunkFile file : List.of(missing, brief, larger)) {
      int handle = files.open(file);
      assertThat(handle).isNotNegative();
      disk.close(handle);
    }

    assertThat(missing.name()).isEqualTo("01/02/1234567");
    assertThat(Files.size(path(missing))).isEqualTo(SIZE);
    assertThat(Files.size(path(brief))).isEqualTo(SIZE);
    assertThat(Files.readString(path(brief))).startsWith("content\0");
    assertThat(Files.size(path(larger))).isEqualTo(SIZE + 5);
  }

  @Test
  void whatCannotBeOpenedAnswersItsError() {
    TrunkFile file = new TrunkFile(new NewName.Directory(0, 1, 2), 1);
    disk.failNext(FaultyDisk.Call.OPEN, Errno.EMFILE);
    assertThat(files.open(file)).isEqualTo(-Errno.EMFILE);
    disk.failNext(FaultyDisk.Call.MAKE_DIRECTORY, Errno.EROFS);
    assertThat(files.open(file)).isEqualTo(-Errno.EROFS);
    disk.failNext(FaultyDisk.Call.TRUNCATE, Errno.ENOSPC);
    assertThat(files.open(file)).isEqualTo(-Errno.ENOSPC);
  }

  @Test
  void aRemovedFileIsGoneAndMayBeGoneAlready() throws IOException {
    TrunkFile file = files.next(0);
    files.make(file);

    files.remove(file);
    files.remove(file);

    assertThat(path(file)).doesNotExist();
    assertThat(files.openToRead(file)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void aNumberWhoseFileIsThereIsPassedOver() throws IOException {
    Path other = base.resolve("other");
    Files.createDirectories(other.resolve("p0/data/00/00"));
    Files.writeString(other.resolve("p0/data/00/00/000001"), "somebody's");
    try (SpaceRig rig = SpaceRig.open(other)) {
      assertThat(rig.lot(256).rest().getFirst().file().id()).isEqualTo(2);
      assertThat(other.resolve("p0/data/00/00/000001")).hasContent("somebody's");
    }
  }
}
