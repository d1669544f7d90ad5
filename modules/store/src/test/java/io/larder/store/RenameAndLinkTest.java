package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameAndLinkTest {
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
  void aRegeneratedFileHasAPlainNameThatFitsItsContent() {
    String appender = rig.stored(StoreRig.appender(), "hel");
    rig.append(appender, "lo");
    rig.setMetadata(appender, SetMetadata.Mode.OVERWRITE, "a\u00021");

    String plain = rig.regenerate(appender).name();

    FileFacts facts = FileFacts.of(LogicalName.parse(plain)).orElseThrow();
    assertThat(facts.kind()).isEqualTo(FileFacts.Kind.PLAIN);
    assertThat(facts.size()).hasValue(5);
    assertThat(facts.crc32()).isEqualTo(0x3610a686);
    assertThat(plain)
        .startsWith(appender.substring(0, 10))
        .endsWith(appender.substring(appender.length() - 7));
    assertThat(rig.read(plain)).isEqualTo("hello");
    assertThat(rig.read(appender)).isEqualTo("status 2");
    assertThat(rig.binlog()).endsWith("R " + plain + " " + appender);
    assertThat(rig.onDisk(appender + "-m")).exists();
    assertThat(rig.append(plain, "x").status()).isEqualTo(Status.EINVAL);
  }

  @Test
  void aLargeAppenderIsRegeneratedInSlices() {
    byte[] content = UploadTest.content(9_000_001);
    String appender = TestLoop.await(rig.uploading(StoreRig.appender(), content)).name();

    assertThat(rig.onDisk(rig.regenerate(appender).name())).hasBinaryContent(content);
  }

  @Test
  void onlyAppendersAreRegenerated() {
    String plain = rig.stored(StoreRig.plain(), "x");

    assertThat(rig.regenerate(plain).status()).isEqualTo(Status.EINVAL);
    assertThat(
            rig.regenerate(rig.stored(StoreRig.appender(), "x").replace("00/00/", "00/02/"))
                .status())
        .isEqualTo(Status.ENOENT);
  }

  @Test
  void aFreshLinkPointsToItsSourceByTheConfiguredPath() throws IOException {
    String source = rig.stored(StoreRig.plain(), "12345");

    String link = rig.link(source, Optional.empty(), "", "txt").name();

    assertThat(Files.readSymbolicLink(rig.onDisk(link))).isEqualTo(rig.onDisk(source));
    assertThat(FileFacts.of(LogicalName.parse(link)).orElseThrow().size()).hasValue(5);
    assertThat(rig.binlog()).endsWith("L " + link + " " + source);
  }

  @Test
  void aLinkCanHaveTheNameOfASlave() {
    String source = rig.stored(StoreRig.plain(), "12345");

    Asked.Outcome link = rig.link(source, Optional.of(source), "", "jpg");

    assertThat(link.name()).isEqualTo(source.replace(".txt", ".jpg"));
    assertThat(rig.link(source, Optional.of(source), "", "jpg").status()).isEqualTo(Status.EEXIST);
    assertThat(rig.link(source, Optional.of(source), "", "txt").status()).isEqualTo(Status.EINVAL);
  }

  @Test
  void aLinkNeedsARegularSourceOnTheSamePath() {
    String source = rig.stored(StoreRig.plain(), "12345");
    String link = rig.link(source, Optional.empty(), "", "txt").name();
    String trunk = "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt";

    assertThat(rig.link(link, Optional.empty(), "", "txt").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.link(source.replace("00/00/", "00/02/"), Optional.empty(), "", "").status())
        .isEqualTo(Status.ENOENT);
    assertThat(rig.link(source, Optional.of("M01" + source.substring(3)), "_s", "txt").status())
        .isEqualTo(Status.EINVAL);
    assertThat(rig.link(trunk, Optional.empty(), "", "").status()).isEqualTo(Status.ENOENT);
    assertThat(rig.link(trunk, Optional.of(source), "_s", "txt").status()).isEqualTo(Status.EINVAL);
  }
}
