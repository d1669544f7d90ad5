package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInfoTest {
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
  void ofAPlainFileComesFromItsName() {
    String name = rig.stored(StoreRig.plain(), "hello");

    Asked.FileAnswer info = rig.info(name, true);

    FileFacts facts = FileFacts.of(LogicalName.parse(name)).orElseThrow();
    assertThat(info).isEqualTo(new Asked.FileAnswer(0, 5, facts.timestamp(), 0x3610a686));
  }

  @Test
  void ofAnAppenderOrASlaveIsComputedWhenAskedFor() {
    String appender = rig.stored(StoreRig.appender(), "hel");
    String slave = rig.slave(appender, "_s", "txt", "slave").name();
    rig.append(appender, "lo");

    assertThat(rig.info(appender, true).crc()).isEqualTo(0x3610a686);
    assertThat(rig.info(appender, false).crc()).isZero();
    assertThat(rig.info(appender, false).size()).isEqualTo(5);
    assertThat(rig.info(slave, true).crc()).isEqualTo(crc("slave"));
  }

  @Test
  void ofASlaveWithAShortNameIsThatOfItsContent() {
    String master = rig.stored(StoreRig.plain(), "master");
    String slave = rig.slave(master, "_s", "", "slave").name();

    assertThat(slave).hasSize(42);
    assertThat(rig.info(slave, true).crc()).isEqualTo(crc("slave"));
  }

  @Test
  void ofALargeAppenderIsComputedInSlices() {
    byte[] content = UploadTest.content(9_000_001);
    String name = TestLoop.await(rig.uploading(StoreRig.appender(), content)).name();
    CRC32 crc = new CRC32();
    crc.update(content);

    assertThat(rig.info(name, true).crc()).isEqualTo((int) crc.getValue());
  }

  @Test
  void ofALinkHasTheTargetsSizeAndTheNamesCrc() throws IOException {
    String source = rig.stored(StoreRig.appender(), "hello");
    String link = rig.link(source, Optional.empty(), "", "txt").name();
    rig.append(source, "more");

    Asked.FileAnswer info = rig.info(link, true);

    assertThat(info.size()).isEqualTo(9);
    assertThat(info.crc()).isEqualTo(RoutingFacts.of(LogicalName.parse(link)).crc32());
    Files.delete(rig.onDisk(source));
    assertThat(rig.info(link, true).status()).isEqualTo(Status.ENOENT);
  }

  @Test
  void whatIsNoFileIsRefused() throws IOException {
    String name = rig.stored(StoreRig.plain(), "x");
    Files.createDirectory(rig.onDisk("M00/00/00/0123456789"));
    Files.writeString(rig.onDisk("M00/00/00/short"), "x");

    assertThat(rig.info(name.replace("00/00/", "00/01/"), true).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.info("M00/00/00/0123456789", true).status()).isEqualTo(Status.EISDIR);
    assertThat(rig.info("M00/00/00/short", true).status()).isEqualTo(Status.EINVAL);
    assertThat(rig.info("M04/00/00/0123456789", true).status()).isEqualTo(Status.EINVAL);
    assertThat(
            rig.info("M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt", true).status())
        .isEqualTo(Status.ENOENT);
  }

  private static int crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return (int) crc.getValue();
  }
}
