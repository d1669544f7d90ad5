package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataStoreTest {
  private static final SetMetadata.Mode OVERWRITE = SetMetadata.Mode.OVERWRITE;
  private static final SetMetadata.Mode MERGE = SetMetadata.Mode.MERGE;

  @TempDir Path folder;
  private StoreRig rig;
  private String name;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder);
    name = rig.stored(StoreRig.plain(), "x");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void itemsAreKeptSortedBesideTheFile() {
    assertThat(rig.setMetadata(name, OVERWRITE, "b\u00022\u0001a\u00021").status()).isZero();

    assertThat(rig.metadata(name).text()).isEqualTo("a\u00021\u0001b\u00022");
    assertThat(rig.onDisk(name + "-m")).hasContent("a\u00021\u0001b\u00022");
    assertThat(rig.binlog()).endsWith("C " + name + "-m");
  }

  @Test
  void overwritingReplacesAllAndMergingAdds() {
    rig.setMetadata(name, OVERWRITE, "a\u00021\u0001b\u00022");
    assertThat(rig.setMetadata(name, MERGE, "c\u00023\u0001a\u0002new").status()).isZero();
    assertThat(rig.metadata(name).text()).isEqualTo("a\u0002new\u0001b\u00022\u0001c\u00023");

    assertThat(rig.setMetadata(name, OVERWRITE, "z\u0002last").status()).isZero();
    assertThat(rig.metadata(name).text()).isEqualTo("z\u0002last");
    assertThat(rig.binlog()).endsWith("C " + name + "-m", "U " + name + "-m", "U " + name + "-m");
  }

  @Test
  void overwritingWithNothingRemovesAndMergingNothingDoesNothing() {
    assertThat(rig.setMetadata(name, OVERWRITE, "").status()).isZero();
    assertThat(rig.setMetadata(name, MERGE, "").status()).isZero();
    assertThat(rig.binlog()).hasSize(1);

    rig.setMetadata(name, MERGE, "a\u00021");
    assertThat(rig.setMetadata(name, MERGE, "").status()).isZero();
    assertThat(rig.setMetadata(name, OVERWRITE, "").status()).isZero();

    assertThat(rig.metadata(name).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.binlog()).endsWith("C " + name + "-m", "D " + name + "-m");
  }

  @Test
  void withoutTheFileThereIsNoMetadata() {
    String gone = name.replace("00/00/", "00/01/");

    assertThat(rig.setMetadata(gone, OVERWRITE, "a\u00021").status()).isEqualTo(Status.ENOENT);
    assertThat(rig.metadata(gone).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.metadata(name).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.metadata("M03/00/00/0123456789").status()).isEqualTo(Status.EINVAL);
  }

  @Test
  void metadataThatIsADirectoryIsRefused() throws IOException {
    Files.createDirectory(rig.onDisk(name + "-m"));

    assertThat(rig.setMetadata(name, OVERWRITE, "a\u00021").status()).isEqualTo(Status.EISDIR);
    assertThat(rig.metadata(name).status()).isEqualTo(Status.EISDIR);
  }

  @Test
  void aNameWithoutRoomForTheSuffixIsRefused() {
    assertThat(rig.setMetadata("M00/00/00/" + "n".repeat(116), OVERWRITE, "a\u00021").status())
        .isEqualTo(Status.ENAMETOOLONG);
  }

  @Test
  void nothingOfTheWritingIsLeftInTheStagingFolder() throws IOException {
    rig.setMetadata(name, OVERWRITE, "a\u00021");

    assertThat(folder.resolve("p0/data/.larder/staging")).isEmptyDirectory();
  }
}
