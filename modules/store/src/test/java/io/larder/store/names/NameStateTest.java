package io.larder.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.BinlogRecord;
import org.junit.jupiter.api.Test;

class NameStateTest {
  private static final String NAME = "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt";

  private static NameState fold(NameState older, NameState newer) {
    return NameState.of(NameState.fold(older.code(), newer.code()));
  }

  @Test
  void theLastRecordDecidesWhetherAFileIsThere() {
    assertThat(fold(NameState.FILE, NameState.GONE).isThere()).isFalse();
    assertThat(fold(NameState.GONE, NameState.FILE).isThere()).isTrue();
    assertThat(fold(NameState.GONE, NameState.CHANGED).isThere()).isTrue();
  }

  @Test
  void aChangeDoesNotForgetAsWhatAFileWasMade() {
    assertThat(fold(NameState.LINK, NameState.CHANGED)).isEqualTo(NameState.LINK);
    assertThat(fold(NameState.RENAMED, NameState.CHANGED)).isEqualTo(NameState.RENAMED);
  }

  /// Runs put neighbours together in an order of their own.
  @Test
  void neighboursMayBePutTogetherInAnyOrder() {
    for (NameState a : NameState.values()) {
      for (NameState b : NameState.values()) {
        for (NameState c : NameState.values()) {
          assertThat(fold(fold(a, b), c)).as("%s %s %s", a, b, c).isEqualTo(fold(a, fold(b, c)));
        }
      }
    }
  }

  @Test
  void everyKindOfRecordSaysSomething() {
    assertThat(NameState.after(new BinlogRecord.Create(NAME))).isEqualTo(NameState.FILE);
    assertThat(NameState.after(new BinlogRecord.Link(NAME, NAME))).isEqualTo(NameState.LINK);
    assertThat(NameState.after(new BinlogRecord.Rename(NAME, NAME))).isEqualTo(NameState.RENAMED);
    assertThat(NameState.after(new BinlogRecord.Delete(NAME))).isEqualTo(NameState.GONE);
    assertThat(NameState.after(new BinlogRecord.Append(NAME, 0, 1))).isEqualTo(NameState.CHANGED);
    assertThat(NameState.after(new BinlogRecord.Update(NAME))).isEqualTo(NameState.CHANGED);
  }
}
