package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.vector.Vectors;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A tracker's files, as C trackers hand them to each other.
class TrackerFilesVectorTest {
  @Test
  void theGroupsFileIsWrittenBackToTheByte() {
    String text = content("tracker-get-one-sys-file-groups");

    TrackerGroupsFile file = TrackerGroupsFile.parse(text);

    assertThat(file.groups())
        .containsExactly(new TrackerGroupsFile.Group("group1", 23000, 1, 4, 0, "", ""));
    assertThat(file.text()).isEqualTo(text);
  }

  @Test
  void theServersFileIsWrittenBackToTheByte() {
    String text = content("tracker-get-one-sys-file-servers");

    TrackerServersFile file = TrackerServersFile.parse(text);

    TrackerServersFile.Storage storage = file.storages().getFirst();
    int heartbeat = TrackerServersFile.COUNTERS.indexOf(Counter.LAST_HEART_BEAT_TIME);
    assertThat(storage.id()).isEmpty();
    assertThat(storage.ipAddr()).isEqualTo("10.77.20.3");
    assertThat(storage.counters().get(heartbeat)).isEqualTo(1795333286);
    assertThat(file.text()).isEqualTo(text);
  }

  @Test
  void aStorageIdHasALineOfItsOwn() {
    String text =
        content("tracker-get-one-sys-file-servers")
            .replace("[Storage001]\n", "[Storage001]\n\tid=100001\n");

    TrackerServersFile file = TrackerServersFile.parse(text);

    assertThat(file.storages().getFirst().id()).isEqualTo(Optional.of("100001"));
    assertThat(file.text()).isEqualTo(text);
  }

  @Test
  void aCountWithoutItsSectionsIsRefusedWithTheSection() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrackerServersFile.parse("[Global]\n\tstorage_count=2\n"))
        .withMessage("Storage001: missing");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrackerGroupsFile.parse("[Global]\n\tgroup_count=999999999\n"))
        .withMessageStartingWith("group_count: ");
  }

  @Test
  void noFileMeansNoGroups() {
    assertThat(TrackerGroupsFile.parse("").groups()).isEmpty();
    assertThat(TrackerServersFile.parse("").storages()).isEqualTo(List.of());
  }

  @Test
  void aDeletedStorageHasAnEmptyArgumentInTheChangelog() {
    assertChangelog("tracker-changelog-req-deleted", 4, "");
    assertChangelog("tracker-changelog-req-ip-changed", 3, "10.77.20.14");
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> ChangelogLine.parse("1 group1 10.0.0.1 4"));
  }

  private static void assertChangelog(String vector, int status, String argument) {
    ByteBuf reply = Vectors.get(vector).reply().bytes().skipBytes(10);
    String text = reply.toString(StandardCharsets.ISO_8859_1);

    ChangelogLine line = ChangelogLine.parse(text.substring(0, text.indexOf('\n')));

    assertThat(line.status()).isEqualTo(status);
    assertThat(line.argument()).isEqualTo(argument);
    assertThat(line.text()).isEqualTo(text);
  }

  @Test
  void theStatusFileHasTwoLines() {
    String text = "up_time=1795333266\nlast_check_time=1795333500\n";

    TrackerStatusFile file = TrackerStatusFile.parse(text);

    assertThat(file).isEqualTo(new TrackerStatusFile(1795333266, 1795333500));
    assertThat(file.text()).isEqualTo(text);
  }

  private static String content(String vector) {
    return Vectors.get(vector).reply().bytes().skipBytes(18).toString(StandardCharsets.ISO_8859_1);
  }
}
