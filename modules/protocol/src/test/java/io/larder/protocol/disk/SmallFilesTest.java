package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.StorePathMark.Owner;
import io.larder.protocol.wire.Counter;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The small text files of a storage, read from C's and written back to the byte.
class SmallFilesTest {
  static Stream<Arguments> files() {
    UnaryOperator<String> initFlag = text -> DataInitFlag.parse(text).text();
    UnaryOperator<String> stat = text -> StorageStatFile.parse(text).text();
    UnaryOperator<String> syncMark = text -> SyncMark.parse(text).text();
    UnaryOperator<String> offsetMark = text -> OffsetMark.parse(text).text();
    UnaryOperator<String> index = text -> BinlogIndex.parse(text).text();
    UnaryOperator<String> pathMark = text -> StorePathMark.parse(text).text();
    return Stream.of(
        Arguments.of("plain/base/data/.data_init_flag", initFlag),
        Arguments.of("plain-peer/base/data/.data_init_flag", initFlag),
        Arguments.of("trunk/base/data/.data_init_flag", initFlag),
        Arguments.of("plain/base/data/storage_stat.dat", stat),
        Arguments.of("plain-peer/base/data/storage_stat.dat", stat),
        Arguments.of("trunk/base/data/storage_stat.dat", stat),
        Arguments.of("plain/base/data/sync/10.77.30.3_23000.mark", syncMark),
        Arguments.of("plain-peer/base/data/sync/10.77.30.2_23000.mark", syncMark),
        Arguments.of("broken-binlog/source-with-slave-link.mark", syncMark),
        Arguments.of("trunk/base/data/trunk/10.77.30.3_23000.mark", offsetMark),
        Arguments.of("recovery/recovery.mark.1", offsetMark),
        Arguments.of("plain/base/data/sync/binlog_index.dat", index),
        Arguments.of("plain/store0/data/.fastdfs_vars", pathMark),
        Arguments.of("trunk/store0/data/.fastdfs_vars", pathMark));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileIsWrittenBackToTheByte(String path, UnaryOperator<String> readAndWrite) {
    String text = SampleFile.text(path);

    assertThat(readAndWrite.apply(text)).isEqualTo(text);
  }

  @Test
  void theMarkOfAStorePathSaysWhoseItIs() {
    StorePathMark mark = StorePathMark.parse(SampleFile.text("plain/store0/data/.fastdfs_vars"));
    DataInitFlag flag = DataInitFlag.parse(SampleFile.text("plain/base/data/.data_init_flag"));
    Owner owner = new Owner("10.77.30.2", 23000, 0, 0x6B029D17);

    assertThat(mark.owner()).contains(owner);
    assertThat(StorePathMark.of(owner)).isEqualTo(mark);
    assertThat(flag.storePathMarks()).containsEntry(0, mark.mark());
  }

  @Test
  void aMarkThatCannotBeDecodedIsStillAMark() {
    StorePathMark mark = StorePathMark.parse("store_path_mark=*not base64*\n");

    assertThat(mark.owner()).isEmpty();
    assertThat(mark.text()).isEqualTo("store_path_mark=*not base64*\n");
  }

  @Test
  void whatIsMissingInTheInitFlagHasItsDefault() {
    DataInitFlag flag =
        DataInitFlag.parse("storage_join_time=5\nsync_old_done=0\nsync_src_server=\n");

    assertThat(flag.lastServerPort()).isEqualTo(OptionalInt.empty());
    assertThat(flag.currentTrunkFileId()).isZero();
    assertThat(flag.storePathMarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"storage_join_time", "sync_old_done", "sync_src_server"})
  void anInitFlagWithoutOneOfItsFirstItemsIsRefused(String item) {
    String text =
        "storage_join_time=5\nsync_old_done=0\nsync_src_server=\n".replace(item + "=", "x=");

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> DataInitFlag.parse(text))
        .withMessage(item + ": missing");
  }

  @Test
  void aMarkWithoutAnItemIsRefused() {
    String text = SampleFile.text("plain/base/data/sync/10.77.30.3_23000.mark");

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> SyncMark.parse(text.replace("scan_row_count", "scan")))
        .withMessage("scan_row_count: missing");
  }

  @Test
  void emptyStatisticsAreZeros() {
    StorageStatFile stat = StorageStatFile.parse("");

    assertThat(stat.counters()).hasSize(40).containsOnly(0L);
    assertThat(stat.get(Counter.TOTAL_UPLOAD_COUNT)).isZero();
  }

  @Test
  void statisticsAreFoundByTheirCounter() {
    StorageStatFile stat =
        StorageStatFile.parse(SampleFile.text("plain/base/data/storage_stat.dat"));

    assertThat(stat.get(Counter.SUCCESS_UPLOAD_BYTES)).isEqualTo(79);
    assertThat(stat.get(Counter.LAST_SYNC_UPDATE)).isEqualTo(1795333484);
    assertThat(stat.get(Counter.LAST_HEART_BEAT_TIME)).isZero();
    assertThat(stat.directoryFiles()).isEqualTo(9);
  }

  @Test
  void theOldFormOfTheBinlogIndexIsANumber() {
    assertThat(BinlogIndex.parseOldForm("7\n")).isEqualTo(new BinlogIndex(7, 0));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> BinlogIndex.parseOldForm("seven"));
  }

  @Test
  void filesLieWhereStoragesLookForThem() {
    assertThat(DataLayout.directory(10, 255)).isEqualTo("0A/FF");
    assertThat(DataLayout.outerDirectory(0)).isEqualTo("00");
    assertThat(DataLayout.trunkFileName(1)).isEqualTo("000001");
    assertThat(DataLayout.trunkFileName(1_234_567)).isEqualTo("1234567");
    assertThat(DataLayout.binlog(7)).isEqualTo("data/sync/binlog.007");
    assertThat(DataLayout.binlog(1000)).isEqualTo("data/sync/binlog.1000");
    assertThat(DataLayout.markOfId("100001")).isEqualTo("data/sync/100001.mark");
    assertThat(DataLayout.markOfAddress("10.0.0.1", 23000))
        .isEqualTo("data/sync/10.0.0.1_23000.mark");
  }
}
