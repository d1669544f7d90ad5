package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.ClientFault;
import io.larder.conformance.client.FileFacts;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that can be changed: append, modify, truncate, and the step back to a plain file.
abstract class AppenderContract extends Scenarios {
  AppenderContract(NativeClient client, Target target) {
    super(client, target);
  }

  @Test
  void theNameSaysThatTheFileCanBeChangedAndKeepsTheFirstChecksum() {
    byte[] content = bytes(500);

    StoredFile file = client.uploadAppender(content, "log");

    NameFacts facts = NameFacts.of(file.name());
    assertThat(facts.isAppender()).isTrue();
    assertThat(facts.size()).isZero();
    assertThat(facts.crc32()).isEqualTo(crc(content));
    assertThat(facts.storage()).isEqualTo(target.storageId());
    assertThat(client.download(file)).isEqualTo(content);
    assertThat(client.info(file).size()).isEqualTo(500);
  }

  @Test
  void anAppenderCanBeginEmpty() {
    StoredFile file = client.uploadAppender(new byte[0], "log");

    client.append(file, text("first line\n"));

    assertThat(client.download(file)).isEqualTo(text("first line\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 4_096, 262_000, 262_144, 300_000, 2_000_000})
  void bytesAreAddedToTheEnd(int size) {
    byte[] more = bytes(size);
    StoredFile file = client.uploadAppender(text("start"), "log");

    client.append(file, more);

    assertThat(client.download(file)).isEqualTo(joined(text("start"), more));
    assertThat(client.info(file).size()).isEqualTo(5L + size);
  }

  @Test
  void manyAppendsStandInOrder() {
    StoredFile file = client.uploadAppender(text("0\n"), "log");
    StringBuilder expected = new StringBuilder("0\n");
    for (int i = 1; i <= 100; i++) {
      client.append(file, text(i + "\n"));
      expected.append(i).append('\n');
    }

    assertThat(client.download(file)).isEqualTo(text(expected.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "0,XY,XYcdefghij",
    "4,XY,abcdXYghij",
    "8,XY,abcdefghXY",
    "9,XY,abcdefghiXY",
    "10,XY,abcdefghijXY",
    "0,0123456789,0123456789",
    "0,0123456789ab,0123456789ab"
  })
  void bytesAreReplacedFromAnOffsetOn(long offset, String with, String expected) {
    StoredFile file = client.uploadAppender(text("abcdefghij"), "log");

    client.modify(file, offset, text(with));

    assertThat(client.download(file)).isEqualTo(text(expected));
    assertThat(client.info(file).size()).isEqualTo(expected.length());
  }

  @Test
  void aLongPieceIsReplaced() {
    byte[] before = bytes(1_000_000);
    byte[] with = bytes(600_000);
    StoredFile file = client.uploadAppender(before, "bin");

    client.modify(file, 200_000, with);

    byte[] expected = before.clone();
    System.arraycopy(with, 0, expected, 200_000, with.length);
    assertThat(client.download(file)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 1_000_000, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void nothingIsReplacedBehindTheEndOrBeforeTheStart(long offset) {
    StoredFile file = client.uploadAppender(text("abcdefghij"), "log");
    if (offset < 0) {
      client.needs(Call.NEGATIVE_RANGE);
    }

    refused(Status.EINVAL, () -> client.modify(file, offset, text("XY")));

    assertThat(client.download(file)).isEqualTo(text("abcdefghij"));
  }

  @ParameterizedTest
  @CsvSource({"9", "5", "1", "11", "20", "300000"})
  void aFileIsCutOrFilledUpWithZeros(int size) {
    client.needs(Call.TRUNCATE_TO_SIZE);
    byte[] before = text("abcdefghij");
    StoredFile file = client.uploadAppender(before, "log");

    client.truncate(file, size);

    assertThat(client.download(file)).isEqualTo(Arrays.copyOf(before, size));
    assertThat(client.info(file).size()).isEqualTo(size);
  }

  @Test
  void aFileIsCutToNothingAndWrittenAnew() {
    StoredFile file = client.uploadAppender(text("old"), "log");

    client.truncate(file, 0);
    assertThat(client.info(file).size()).isZero();
    client.append(file, text("new content"));

    assertThat(client.download(file)).isEqualTo(text("new content"));
  }

  @Test
  void aNegativeSizeIsRefused() {
    client.needs(Call.NEGATIVE_RANGE);
    StoredFile file = client.uploadAppender(text("abc"), "log");

    refused(Status.EINVAL, () -> client.truncate(file, -1));

    assertThat(client.download(file)).isEqualTo(text("abc"));
  }

  @Test
  void changesOfNothingChangeNothing() {
    StoredFile file = client.uploadAppender(text("abc"), "log");

    ofNothing(() -> client.append(file, new byte[0]));
    ofNothing(() -> client.modify(file, 1, new byte[0]));

    assertThat(client.download(file)).isEqualTo(text("abc"));
  }

  @Test
  void truncatingToThePresentSizeChangesNothing() {
    client.needs(Call.TRUNCATE_TO_SIZE);
    StoredFile file = client.uploadAppender(text("abc"), "log");
    StoredFile empty = client.uploadAppender(new byte[0], "log");

    ofNothing(() -> client.truncate(file, 3));
    ofNothing(() -> client.truncate(empty, 0));

    assertThat(client.download(file)).isEqualTo(text("abc"));
    assertThat(client.info(empty).size()).isZero();
  }

  @Test
  void theInfoFollowsTheContent() {
    StoredFile file = client.uploadAppender(text("abc"), "log");
    FileFacts first = client.info(file);

    client.append(file, text("def"));

    FileFacts then = client.info(file);
    assertThat(first.crc32()).isEqualTo(crc(text("abc")));
    assertThat(then.crc32()).isEqualTo(crc(text("abcdef")));
    assertThat(then.size()).isEqualTo(6);
    assertThat(then.time()).isAfterOrEqualTo(first.time());
    assertThat(then.source()).isEqualTo(first.source());
  }

  @Test
  void aPlainFileIsNotChanged() {
    StoredFile file = client.upload(text("plain"), "txt");

    refused(Status.EINVAL, () -> client.append(file, text("x")));
    refused(Status.EINVAL, () -> client.modify(file, 0, text("x")));
    refused(Status.EINVAL, () -> client.truncate(file, 0));

    assertThat(client.download(file)).isEqualTo(text("plain"));
  }

  @Test
  void aMissingFileIsNotChanged() {
    StoredFile gone = client.uploadAppender(text("abc"), "log");
    client.delete(gone);

    refused(Status.ENOENT, () -> client.append(gone, text("x")));
    refused(Status.ENOENT, () -> client.modify(gone, 0, text("x")));
    refused(Status.ENOENT, () -> client.truncate(gone, 0));
    refused(Status.ENOENT, () -> client.download(gone));
  }

  @Test
  void afterARefusalChangesGoOn() {
    StoredFile file = client.uploadAppender(text("abc"), "log");

    refused(Status.EINVAL, () -> client.modify(file, 100, text("x")));
    client.append(file, text("def"));
    refused(Status.EINVAL, () -> client.modify(file, 7, text("x")));
    client.modify(file, 6, text("ghi"));

    assertThat(client.download(file)).isEqualTo(text("abcdefghi"));
  }

  @Test
  void anAppenderBecomesAPlainFile() {
    client.needs(Call.REGENERATE);
    StoredFile file = client.uploadAppender(text("abc"), "log");
    client.append(file, text("def"));

    StoredFile plain = client.regenerate(file);

    NameFacts facts = NameFacts.of(plain.name());
    assertThat(facts.isAppender()).isFalse();
    assertThat(facts.size()).isEqualTo(6);
    assertThat(facts.crc32()).isEqualTo(crc(text("abcdef")));
    assertThat(plain.name()).endsWith(".log").hasSize(44);
    assertThat(client.download(plain)).isEqualTo(text("abcdef"));
    refused(Status.ENOENT, () -> client.download(file));
    refused(Status.EINVAL, () -> client.append(plain, text("x")));
  }

  @Test
  void aPlainFileIsNotMadePlainAgain() {
    client.needs(Call.REGENERATE);
    StoredFile file = client.upload(text("abc"), "txt");

    refused(Status.EINVAL, () -> client.regenerate(file));
    refused(Status.ENOENT, () -> client.regenerate(missing(file)));
  }

  /// FastDFS sends the request back, and clients that look at the length of an answer take offence.
  private void ofNothing(Runnable change) {
    try {
      change.run();
    } catch (ClientFault fault) {
      assertThat(target.outcome(Deviation.CHANGE_OF_NOTHING).echoes()).as("%s", fault).isTrue();
    }
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
