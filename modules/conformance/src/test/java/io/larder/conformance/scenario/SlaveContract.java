package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files beside a file, under its name with a suffix: thumbnails and the like.
abstract class SlaveContract extends Scenarios {
  private static final byte[] THUMBNAIL = bytes(777);

  SlaveContract(NativeClient client, Target target) {
    super(client, target);
  }

  @ParameterizedTest
  @CsvSource({
    "_120x120,jpg",
    "_s,jpg",
    "-1,png",
    ".mid,jpg",
    "_abcdefghijklmno,jpg",
    "_big,jpeg",
    "_s,tar.gz",
    "1,j"
  })
  void theNameIsTheMastersWithPrefixAndExtension(String prefix, String extension) {
    StoredFile master = client.upload(text("master"), "jpg");

    StoredFile slave = client.uploadSlave(master, prefix, extension, THUMBNAIL);

    assertThat(slave).isEqualTo(master.named(stem(master) + prefix + "." + extension));
    assertThat(client.download(slave)).isEqualTo(THUMBNAIL);
    assertThat(client.download(master)).isEqualTo(text("master"));
  }

  @Test
  void withoutAnExtensionTheNameEndsWithThePrefix() {
    client.needs(Call.SLAVE_WITHOUT_EXTENSION);
    StoredFile master = client.upload(text("master"), "jpg");

    StoredFile slave = client.uploadSlave(master, "_120x120", "", THUMBNAIL);

    assertThat(slave).isEqualTo(master.named(stem(master) + "_120x120"));
    assertThat(client.download(slave)).isEqualTo(THUMBNAIL);
    assertThat(client.info(slave).crc32()).isEqualTo(crc(THUMBNAIL));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_000, 262_144, 1_500_000})
  void aSlaveHasASizeOfItsOwn(int size) {
    StoredFile master = client.upload(text("master"), "jpg");

    StoredFile slave = client.uploadSlave(master, "_s", "jpg", bytes(size));

    assertThat(client.info(slave).size()).isEqualTo(size);
    assertThat(client.info(slave).crc32()).isEqualTo(crc(bytes(size)));
    assertThat(client.info(master).size()).isEqualTo(6);
  }

  @Test
  void aNameIsTakenOnce() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_s", "jpg", THUMBNAIL);

    refused(Status.EEXIST, () -> client.uploadSlave(master, "_s", "jpg", text("another")));

    assertThat(client.download(slave)).isEqualTo(THUMBNAIL);
  }

  @Test
  void aDeletedSlaveCanBeMadeAgain() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_s", "jpg", THUMBNAIL);
    client.delete(slave);
    refused(Status.ENOENT, () -> client.download(slave));

    StoredFile again = client.uploadSlave(master, "_s", "jpg", text("again"));

    assertThat(again).isEqualTo(slave);
    assertThat(client.download(again)).isEqualTo(text("again"));
  }

  @Test
  void aMissingMasterIsRefused() {
    StoredFile master = client.upload(text("master"), "jpg");

    refused(Status.ENOENT, () -> client.uploadSlave(missing(master), "_s", "jpg", THUMBNAIL));
    client.delete(master);
    refused(Status.ENOENT, () -> client.uploadSlave(master, "_s", "jpg", THUMBNAIL));
  }

  @Test
  void aPrefixIsNeeded() {
    client.needs(Call.SLAVE_WITHOUT_PREFIX);
    StoredFile master = client.upload(text("master"), "jpg");

    refused(Status.EINVAL, () -> client.uploadSlave(master, "", "png", THUMBNAIL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_a b", "/x", "../x", "_é", "_a*", "a\\b"})
  void aPrefixWithOtherCharactersIsRefused(String prefix) {
    client.needs(Call.ODD_EXTENSION);
    StoredFile master = client.upload(text("master"), "jpg");

    refused(Status.EINVAL, () -> client.uploadSlave(master, prefix, "jpg", THUMBNAIL));
  }

  @Test
  void theNameOfTheMetadataIsNotForSlaves() {
    client.needs(Call.SLAVE_WITHOUT_EXTENSION, Call.SLAVE_NAMED_AS_METADATA);
    StoredFile master = client.upload(text("master"), "jpg");

    refused(Status.EINVAL, () -> client.uploadSlave(master, "-m", "", THUMBNAIL));
  }

  @Test
  void aSlaveCanBeAMaster() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_big", "jpg", THUMBNAIL);

    StoredFile second = client.uploadSlave(slave, "_small", "jpg", text("small"));

    assertThat(second).isEqualTo(master.named(stem(master) + "_big_small.jpg"));
    assertThat(client.download(second)).isEqualTo(text("small"));
  }

  @Test
  void aSlaveOfAnAppenderCanBeChanged() {
    StoredFile master = client.uploadAppender(text("master"), "log");
    StoredFile slave = client.uploadSlave(master, "_index", "log", text("abc"));

    client.append(slave, text("def"));
    client.modify(slave, 0, text("A"));

    assertThat(client.download(slave)).isEqualTo(text("Abcdef"));
    client.truncate(slave, 0);
    assertThat(client.info(slave).size()).isZero();
    assertThat(client.download(master)).isEqualTo(text("master"));
  }

  @Test
  void aSlaveOfAPlainFileIsNotChanged() {
    StoredFile slave =
        client.uploadSlave(client.upload(text("master"), "jpg"), "_s", "jpg", THUMBNAIL);

    refused(Status.EINVAL, () -> client.append(slave, text("x")));
  }

  @Test
  void deletingTheMasterLeavesTheSlave() {
    StoredFile master = client.upload(text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_s", "jpg", THUMBNAIL);

    client.delete(master);

    assertThat(client.download(slave)).isEqualTo(THUMBNAIL);
    refused(Status.ENOENT, () -> client.download(master));
  }

  @Test
  void aSlaveHasMetadataOfItsOwn() {
    StoredFile master = client.uploadWith(Map.of("kind", "master"), text("master"), "jpg");
    StoredFile slave = client.uploadSlave(master, "_s", "jpg", THUMBNAIL);

    client.setMetadata(slave, Map.of("kind", "slave"));

    assertThat(client.metadata(master)).containsExactly(Map.entry("kind", "master"));
    assertThat(client.metadata(slave)).containsExactly(Map.entry("kind", "slave"));
  }

  @Test
  void theChecksumOfAShortSlave() {
    client.needs(Call.SLAVE_WITHOUT_EXTENSION);
    StoredFile master = client.upload(text("master"), "jpg");

    StoredFile slave = client.uploadSlave(master, "_s", "", THUMBNAIL);

    assertThat(slave.name()).hasSize(42);
    assertThat(client.download(slave)).isEqualTo(THUMBNAIL);
    assertThat(client.info(slave).crc32())
        .isEqualTo(crc(target.differs(Deviation.SHORT_SLAVE_CRC) ? THUMBNAIL : text("master")));
  }

  @Test
  void manySlavesStandBesideOneMaster() {
    StoredFile master = client.upload(text("master"), "jpg");
    for (int i = 0; i < 20; i++) {
      client.uploadSlave(master, "_" + i, "jpg", text("slave " + i));
    }

    for (int i = 0; i < 20; i++) {
      StoredFile slave = master.named(stem(master) + "_" + i + ".jpg");
      assertThat(client.download(slave)).isEqualTo(text("slave " + i));
    }
  }

  private static String stem(StoredFile master) {
    return master.name().substring(0, master.name().lastIndexOf('.'));
  }
}
