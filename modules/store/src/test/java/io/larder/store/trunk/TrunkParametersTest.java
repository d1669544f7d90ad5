package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.TrunkSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkParametersTest {
  private static TrunkParameters of(int slotMin, int slotMax, int alignment, int fileBytes) {
    TrunkParameters usual = Spans.parameters();
    return new TrunkParameters(
        slotMin, slotMax, alignment, fileBytes, usual.space(), usual.advance(), usual.log());
  }

  @ParameterizedTest
  @CsvSource({
    "256, 0, 0, 256",
    "256, 0, 232, 256",
    "256, 0, 233, 257",
    "256, 256, 0, 256",
    "256, 256, 232, 256",
    "256, 256, 233, 512",
    "256, 256, 1000, 1024",
    "300, 256, 277, 512",
    "300, 256, 276, 300",
    "0, 0, 0, 24",
  })
  void aSlotHoldsHeaderAndContentRoundedUp(int slotMin, int alignment, int content, int slot) {
    assertThat(of(slotMin, 1 << 20, alignment, 64 << 20).slotSize(content)).isEqualTo(slot);
  }

  @Test
  void theSmallestSlotIsRaisedToTheAlignment() {
    assertThat(of(256, 1 << 20, 1024, 64 << 20).slotMin()).isEqualTo(1024);
    assertThat(of(256, 1 << 20, 1024, 64 << 20).slotSize(0)).isEqualTo(1024);
  }

  @Test
  void headerAndContentTogetherMayBeAsLargeAsTheLargestSlot() {
    TrunkParameters parameters = of(256, 1 << 20, 256, 64 << 20);

    assertThat(parameters.fits((1 << 20) - 24)).isTrue();
    assertThat(parameters.slotSize((1 << 20) - 24)).isEqualTo(1 << 20);
    assertThat(parameters.fits((1 << 20) - 23)).isFalse();
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> parameters.slotSize((1 << 20) - 23))
        .satisfies(e -> assertThat(e.status()).isEqualTo(22));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> parameters.slotSize(-1))
        .satisfies(e -> assertThat(e.status()).isEqualTo(22));
  }

  @ParameterizedTest
  @CsvSource({
    "256, 1048576, 256, 4194303, trunk_file_size",
    "256, 2097153, 256, 4194304, slot_max_size",
    "256, 256, 0, 4194304, slot_max_size",
    "-1, 1048576, 0, 4194304, slot_min_size",
    "65537, 1048576, 0, 4194304, slot_min_size",
    "256, 1048576, 65537, 67108864, trunk_alloc_alignment_size",
  })
  void whatIsOutOfRangeIsRefusedByName(
      int slotMin, int slotMax, int alignment, int fileBytes, String name) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> of(slotMin, slotMax, alignment, fileBytes))
        .withMessageStartingWith(name + ": ");
  }

  @Test
  void aTrackersSettingsAreTaken() {
    TrunkParameters usual = Spans.parameters();
    TrunkSettings.Slots slots =
        new TrunkSettings.Slots(
            new ByteSize(256), new ByteSize(1 << 20), 256, new ByteSize(64 << 20));

    TrunkParameters parameters =
        TrunkParameters.of(
            new TrunkSettings(true, slots, usual.space(), usual.advance(), usual.log()));

    assertThat(parameters).isEqualTo(of(256, 1 << 20, 256, 64 << 20));
  }

  @Test
  void trunkFilesBeyondThirtyOneBitsAreRefused() {
    TrunkParameters usual = Spans.parameters();
    TrunkSettings.Slots slots =
        new TrunkSettings.Slots(
            new ByteSize(256), new ByteSize(1 << 20), 256, new ByteSize(1L << 31));
    TrunkSettings settings =
        new TrunkSettings(true, slots, usual.space(), usual.advance(), usual.log());

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> TrunkParameters.of(settings))
        .withMessageStartingWith("trunk_file_size: 2147483648");
  }
}
