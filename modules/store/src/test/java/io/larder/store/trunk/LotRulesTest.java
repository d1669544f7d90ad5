package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.NewName;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How large lots are and what they are made of, when work is due, where trunk files go.
class LotRulesTest {
  private static final int MIB = 1 << 20;
  private static final long SECOND = 1_000_000_000L;

  private final TrunkParameters parameters = large();
  private final FreeSpace space = new FreeSpace(256);

  private static TrunkParameters large() {
    TrunkParameters usual = Spans.parameters();
    return new TrunkParameters(
        256, 16 * MIB, 256, 64 * MIB, usual.space(), usual.advance(), usual.log());
  }

  // ---- sizes

  @ParameterizedTest
  @CsvSource({
    "256, 1048576, 1048576",
    "65536, 1048576, 1048576",
    "65792, 1048576, 1052672",
    "1048576, 1048576, 16777216",
    "1048832, 8388608, 1048832",
    "16777216, 1048576, 16777216",
    "300, 1000, 4864",
  })
  void aLotHasSixteenSlotsOrIsOneLargeSlot(int slotSize, int usual, int bytes) {
    assertThat(new LotChoice(parameters, slotSize, usual).bytes()).isEqualTo(bytes);
  }

  @Test
  void aLotIsAtMostHalfATrunkFile() {
    assertThat(new LotChoice(Spans.parameters(), 256, 8 * MIB).bytes()).isEqualTo(2 * MIB);
  }

  @Test
  void lotsGrowWhileTheyAreUsedUpQuicklyAndShrinkWhenTheyLast() {
    LotSize size = new LotSize();
    assertThat(size.bytes()).isEqualTo(MIB);

    size.handedOut(5 * SECOND);
    assertThat(size.bytes()).as("the first one says nothing").isEqualTo(MIB);
    size.handedOut(5 * SECOND + SECOND - 1);
    assertThat(size.bytes()).isEqualTo(2 * MIB);
    for (int i = 0; i < 5; i++) {
      size.handedOut(6 * SECOND);
    }
    assertThat(size.bytes()).isEqualTo(8 * MIB);
    size.handedOut(8 * SECOND);
    assertThat(size.bytes()).as("two seconds are just right").isEqualTo(8 * MIB);
    size.handedOut(11 * SECOND);
    assertThat(size.bytes()).isEqualTo(4 * MIB);
    for (int i = 1; i < 5; i++) {
      size.handedOut((11 + 3 * i) * SECOND);
    }
    assertThat(size.bytes()).isEqualTo(MIB);
  }

  // ---- pieces

  @Test
  void holesComeFirstThenAFreshPieceFromTheBestFittingBlock() {
    space.free(span(1, 0, 512));
    space.free(span(1, 1024, 256));
    space.free(span(1, 4096, 4096));
    space.free(span(2, 0, 8 * MIB));
    space.free(span(3, 0, 4 * MIB));
    LotChoice choice = new LotChoice(parameters, 512, MIB);

    List<FreeSpace.Taken> taken = choice.take(space);

    assertThat(choice.spans())
        .containsExactly(span(1, 0, 512), span(1, 4096, 4096), span(3, 0, MIB - 512 - 4096));
    assertThat(taken).extracting(FreeSpace.Taken::part).isEqualTo(choice.spans());
    assertThat(choice.needsFile()).isFalse();
    assertThat(choice.take(space)).isEmpty();
  }

  @Test
  void onlySoManyHolesAreTaken() {
    holes(LotChoice.PIECES_MAX + 1);
    space.free(span(2, 0, 8 * MIB));
    LotChoice choice = new LotChoice(parameters, 256, MIB);

    choice.take(space);

    assertThat(choice.spans()).hasSize(LotChoice.PIECES_MAX + 1);
    assertThat(choice.spans().getLast().file().id()).isEqualTo(2);
  }

  @Test
  void withLessThanHalfOfItATrunkFileIsNeeded() {
    space.free(span(1, 0, MIB / 2 - 256));
    LotChoice choice = new LotChoice(parameters, 256, MIB);
    choice.take(space);
    assertThat(choice.needsFile()).isTrue();
    assertThat(choice.fresh()).isEqualTo(MIB / 2 + 256);

    space.free(span(2, 0, 64 * MIB));
    choice.take(space);

    assertThat(choice.needsFile()).isFalse();
    assertThat(choice.spans())
        .containsExactly(span(1, 0, MIB / 2 - 256), span(2, 0, MIB / 2 + 256));
  }

  @Test
  void asManyHolesAsMayBeTakenAreEnough() {
    holes(LotChoice.PIECES_MAX);
    LotChoice choice = new LotChoice(parameters, 256, MIB);

    choice.take(space);

    assertThat(choice.spans()).hasSize(LotChoice.PIECES_MAX);
    assertThat(choice.needsFile()).isFalse();
  }

  private void holes(int count) {
    for (int i = 0; i < count; i++) {
      space.free(span(1, i * 512, 256));
    }
  }

  @Test
  void aLargeSlotIsCutAlone() {
    space.free(span(1, 0, MIB));
    space.free(span(2, 0, 64 * MIB));
    LotChoice choice = new LotChoice(parameters, 2 * MIB, 8 * MIB);

    choice.take(space);

    assertThat(choice.spans()).containsExactly(span(2, 0, 2 * MIB));
  }

  // ---- times and places

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T02:59:59Z, 2026-01-01T03:00:00Z, 86400, true",
    "2026-01-01T03:00:00Z, 2026-01-01T03:00:01Z, 86400, false",
    "2026-01-01T03:00:00Z, 2026-01-02T02:59:59Z, 86400, false",
    "2026-01-01T03:00:00Z, 2026-01-02T03:00:00Z, 86400, true",
    "2026-01-01T01:30:00Z, 2026-01-01T02:00:00Z, 3600, true",
    "2026-01-01T02:00:00Z, 2026-01-01T02:30:00Z, 3600, false",
    "2026-01-01T02:00:00Z, 2026-01-03T02:30:00Z, 0, false",
    "2026-01-01T03:00:01Z, 2026-01-01T02:00:00Z, 86400, false",
  })
  void workIsDueWhenItsTimeHasComeSinceItWasDone(
      String last, String now, int interval, boolean due) {
    DailySchedule schedule = new DailySchedule(LocalTime.of(3, 0), Duration.ofSeconds(interval));

    assertThat(
            schedule.isDue(
                java.time.Instant.parse(last).getEpochSecond(),
                java.time.Instant.parse(now).getEpochSecond(),
                ZoneOffset.UTC))
        .isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 67108863, 0", "0, 67108864, 1", "67108864, 201326592, 2", "9, 5, 0"})
  void asManyTrunkFilesAreMadeAsFitWhatIsMissing(long free, long threshold, long count) {
    assertThat(TrunkFiles.filesToCreate(free, threshold, 64 * MIB)).isEqualTo(count);
  }

  @Test
  void directoriesComeInTurnOrByTheNumbersHash() {
    NewName.Directory next = new NewName.Directory(1, 2, 3);

    assertThat(TrunkDirectories.inTurn(path -> next).of(1, 5)).isEqualTo(next);
    // "AAAAAQ" and "AAAAAg", the numbers 1 and 2 in base64, hashed by hand
    assertThat(TrunkDirectories.hashed(256).of(1, 1))
        .isEqualTo(new NewName.Directory(1, 0x55, 0x61));
    assertThat(TrunkDirectories.hashed(4).of(0, 2)).isEqualTo(new NewName.Directory(0, 1, 3));
  }
}
