package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.wire.Counter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeTest {
  @TempDir Path folder;
  private StoreRig rig;
  private String name;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder);
    name = rig.stored(StoreRig.appender(), "0123456789");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void appendingAddsAtTheEnd() {
    assertThat(rig.append(name, "abc").status()).isZero();
    assertThat(rig.append(name, "de").status()).isZero();

    assertThat(rig.read(name)).isEqualTo("0123456789abcde");
    assertThat(rig.binlog())
        .containsExactly("C " + name, "A " + name + " 10 3", "A " + name + " 13 2");
    assertThat(rig.store.count(Counter.SUCCESS_APPEND_COUNT)).isEqualTo(2);
    assertThat(rig.store.count(Counter.SUCCESS_APPEND_BYTES)).isEqualTo(5);
  }

  @Test
  void modifyingWritesOverAndMayExtend() {
    assertThat(rig.modify(name, 3, "xyz").status()).isZero();
    assertThat(rig.modify(name, 10, "!").status()).isZero();
    assertThat(rig.modify(name, 12, "?").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.modify(name, -1, "?").status()).isEqualTo(Status.EINVAL);

    assertThat(rig.read(name)).isEqualTo("012xyz6789!");
    assertThat(rig.binlog()).endsWith("M " + name + " 3 3", "M " + name + " 10 1");
  }

  @Test
  void truncatingCutsAndExtendsWithZeros() {
    assertThat(rig.truncate(name, 4).status()).isZero();
    assertThat(rig.truncate(name, 6).status()).isZero();
    assertThat(rig.truncate(name, -1).status()).isEqualTo(Status.EINVAL);

    assertThat(rig.read(name)).isEqualTo("0123\0\0");
    assertThat(rig.binlog()).endsWith("T " + name + " 10 4", "T " + name + " 4 6");
  }

  @Test
  void changesOfNothingAreDoneAndNotRecorded() {
    assertThat(rig.append(name, "").status()).isZero();
    assertThat(rig.modify(name, 2, "").status()).isZero();
    assertThat(rig.truncate(name, 10).status()).isZero();

    assertThat(rig.binlog()).containsExactly("C " + name);
  }

  @Test
  void onlyAppenderFilesAreChanged() {
    String plain = rig.stored(StoreRig.plain(), "plain");
    String link = rig.link(name, Optional.of(name), "_l", "log").name();

    assertThat(rig.append(plain, "x").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.append(link, "x").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.truncate("M00/00/00/short-name", 0).status()).isEqualTo(Status.EINVAL);
    assertThat(rig.modify(name.replace("00/00/", "00/03/"), 0, "x").status())
        .isEqualTo(Status.ENOENT);
    assertThat(rig.append("M05" + name.substring(3), "x").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.read(plain)).isEqualTo("plain");
  }

  @Test
  void aSlaveOfAnAppenderCanBeChanged() {
    String slave = rig.slave(name, "_s", "log", "s").name();

    assertThat(rig.append(slave, "more").status()).isZero();
    assertThat(rig.read(slave)).isEqualTo("smore");
  }

  @Test
  void largeChangesAreStagedAndThenApplied() {
    byte[] content = UploadTest.content(9_000_000);

    assertThat(
            streamed(new ChangeHead.Append(StoreRig.name(name)), content, content.length).status())
        .isZero();
    assertThat(
            streamed(new ChangeHead.Modify(StoreRig.name(name), 5), content, content.length)
                .status())
        .isZero();

    byte[] expected =
        Arrays.copyOf("0123456789".getBytes(StandardCharsets.US_ASCII), content.length + 10);
    System.arraycopy(content, 0, expected, 10, content.length);
    System.arraycopy(content, 0, expected, 5, content.length);
    assertThat(rig.onDisk(name)).hasBinaryContent(expected);
    assertThat(rig.binlog()).endsWith("A " + name + " 10 9000000", "M " + name + " 5 9000000");
  }

  @Test
  void aLargeChangeOfAnotherSizeThanDeclaredIsRefusedAndChangesNothing() {
    assertThat(streamed(new ChangeHead.Append(StoreRig.name(name)), new byte[100], 101).status())
        .isEqualTo(Status.EINVAL);

    assertThat(rig.read(name)).isEqualTo("0123456789");
    assertThat(rig.binlog()).hasSize(1);
  }

  @Test
  void aLargeChangeThatIsGivenUpChangesNothing() {
    Asked.AStreamedChange job = new Asked.AStreamedChange();
    rig.loop.run(() -> {
      job.begin(rig.lane, new ChangeHead.Append(StoreRig.name(name)), 1000);
      job.offer(StoreRig.bytes("some"));
      job.abort();
    });

    assertThat(TestLoop.await(job.done).status()).isEqualTo(StreamedBody.ECANCELED);
    assertThat(rig.read(name)).isEqualTo("0123456789");
  }

  @Test
  void changesOfOneFileAreMadeInTheOrderOfTheirArrivalAlsoBehindALargeOne() {
    byte[] content = UploadTest.content(20_000_000);
    Asked.AStreamedChange large = new Asked.AStreamedChange();
    Asked.AChange small = new Asked.AChange();
    Asked.ATruncate cut = new Asked.ATruncate();
    rig.loop.run(() -> {
      large.begin(rig.lane, new ChangeHead.Append(StoreRig.name(name)), content.length);
      large.offer(StoreRig.bytes(content));
    });
    Awaitility.await().until(() -> rig.loop.call(() -> large.offer(StoreRig.bytes(""))));
    rig.loop.run(() -> {
      large.finish();
      small.submit(rig.lane, new ChangeHead.Append(StoreRig.name(name)), StoreRig.bytes("end"));
      cut.submit(rig.lane, StoreRig.name(name), 3);
    });

    assertThat(TestLoop.await(cut.done).status()).isZero();
    assertThat(large.done).isCompleted();
    assertThat(small.done).isCompleted();
    assertThat(rig.binlog())
        .endsWith(
            "A " + name + " 10 20000000", "A " + name + " 20000010 3", "T " + name + " 20000013 3");
  }

  private Asked.Outcome streamed(ChangeHead head, byte[] content, long declared) {
    Asked.AStreamedChange job = new Asked.AStreamedChange();
    rig.loop.run(() -> {
      job.begin(rig.lane, head, declared);
      for (int at = 0; at < content.length; at += 256 * 1024) {
        job.offer(
            StoreRig.bytes(
                Arrays.copyOfRange(content, at, Math.min(content.length, at + 256 * 1024))));
      }
      job.finish();
    });
    return TestLoop.await(job.done);
  }
}
