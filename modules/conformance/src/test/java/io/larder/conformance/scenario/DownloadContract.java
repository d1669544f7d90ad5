package io.larder.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.client.Call;
import io.larder.conformance.client.NativeClient;
import io.larder.conformance.client.StoredFile;
import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Status;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading files, whole and in parts.
abstract class DownloadContract extends Scenarios {
  private static final byte[] CONTENT = bytes(1000);
  private static final byte[] LARGE = bytes(3_000_000);

  private StoredFile file = new StoredFile("", "");
  private StoredFile large = new StoredFile("", "");

  DownloadContract(NativeClient client, Target target) {
    super(client, target);
  }

  @BeforeAll
  void uploadWhatIsRead() {
    file = client.upload(CONTENT, "bin");
    large = client.upload(LARGE, "bin");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,0,1000",
    "0,1,0,1",
    "0,999,0,999",
    "0,1000,0,1000",
    "0,1001,0,1000",
    "0,100000,0,1000",
    "1,0,1,1000",
    "1,1,1,2",
    "500,100,500,600",
    "500,0,500,1000",
    "500,500,500,1000",
    "500,501,500,1000",
    "999,0,999,1000",
    "999,1,999,1000",
    "999,2,999,1000",
    "999,9223372036854775807,999,1000"
  })
  void aPartIsReadAndMoreThanThereIsIsCutOff(long offset, long count, int from, int to) {
    assertThat(client.download(file, offset, count))
        .isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
  }

  @ParameterizedTest
  @CsvSource({"1000,0", "1000,1", "1001,0", "5000,10", "9223372036854775807,1"})
  void nothingIsReadFromTheEndOn(long offset, long count) {
    refused(Status.EINVAL, () -> client.download(file, offset, count));
  }

  @ParameterizedTest
  @CsvSource({"-1,0", "-1,10", "0,-1", "10,-10", "-9223372036854775808,1"})
  void aNegativeRangeIsRefused(long offset, long count) {
    client.needs(Call.NEGATIVE_RANGE);

    refused(Status.EINVAL, () -> client.download(file, offset, count));
  }

  @ParameterizedTest
  @CsvSource({
    "0,262144",
    "1,262144",
    "262143,2",
    "262144,262144",
    "262134,1000000",
    "1048575,1048577",
    "2999999,1",
    "2900000,100000"
  })
  void partsOfALargeFileAreRight(int offset, int count) {
    assertThat(client.download(large, offset, count))
        .isEqualTo(Arrays.copyOfRange(LARGE, offset, offset + count));
  }

  @Test
  void allPartsTogetherAreTheFile() {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int offset = 0; offset < LARGE.length; offset += 400_000) {
      parts.writeBytes(client.download(large, offset, 400_000));
    }

    assertThat(parts.toByteArray()).isEqualTo(LARGE);
  }

  @Test
  void aFileCanBeReadAgainAndAgain() {
    for (int i = 0; i < 50; i++) {
      assertThat(client.download(file)).isEqualTo(CONTENT);
    }
  }

  @Test
  void aMissingFileIsRefused() {
    refused(Status.ENOENT, () -> client.download(missing(file)));
    refused(Status.ENOENT, () -> client.download(missing(file), 10, 10));
  }

  @Test
  void aFileOfAnUnknownGroupIsRefused() {
    refused(Status.ENOENT, () -> client.download(new StoredFile("nosuchgroup", file.name())));
  }

  @Test
  void afterARefusalTheClientReadsOn() {
    refused(Status.EINVAL, () -> client.download(file, 1000, 1));
    assertThat(client.download(file)).isEqualTo(CONTENT);
    refused(Status.ENOENT, () -> client.download(missing(file)));
    assertThat(client.download(file)).isEqualTo(CONTENT);
  }

  @Test
  void metadataAreAFileBesideTheFile() {
    StoredFile described = client.uploadWith(Map.of("a", "1", "b", "2"), CONTENT, "bin");

    assertThat(client.download(described.named(described.name() + "-m")))
        .isEqualTo(text("a\u00021\u0001b\u00022"));
  }

  @Test
  void anEmptyFileIsReadAsNothing() {
    StoredFile empty = client.upload(new byte[0], "txt");

    int status = target.outcome(Deviation.EMPTY_FILE_DOWNLOAD).status();
    if (status == 0) {
      assertThat(client.download(empty)).isEmpty();
    } else {
      refused(status, () -> client.download(empty));
    }
  }
}
