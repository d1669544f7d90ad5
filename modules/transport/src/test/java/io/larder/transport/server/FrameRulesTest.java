package io.larder.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameRulesTest {
  private static final int BUFFER = FrameRules.BUFFER_BYTES_DEFAULT;
  private static final FrameRules TRACKER = FrameRules.tracker(BUFFER);
  private static final FrameRules STORAGE = FrameRules.storage(BUFFER, c -> c == 11);

  @Test
  void trackerTakesAFrameThatFillsItsBufferAndClosesOnOneByteMore() {
    assertThat(TRACKER.intake(101, 262_134)).isEqualTo(Intake.WHOLE);
    assertThat(TRACKER.intake(101, 262_135)).isEqualTo(Intake.CLOSE);
  }

  @Test
  void trackerClosesOnALengthThatNeedsMoreThan31Bits() {
    assertThat(TRACKER.intake(101, 1L << 31)).isEqualTo(Intake.CLOSE);
    assertThat(TRACKER.intake(101, 1L << 32)).isEqualTo(Intake.CLOSE);
    assertThat(TRACKER.intake(101, Long.MAX_VALUE)).isEqualTo(Intake.CLOSE);
  }

  @Test
  void storageRefusesACommandThatDoesNotStreamWhenItFillsTheBuffer() {
    assertThat(STORAGE.intake(13, 262_133)).isEqualTo(Intake.WHOLE);
    assertThat(STORAGE.intake(13, 262_134)).isEqualTo(Intake.REFUSE);
    assertThat(STORAGE.intake(13, Long.MAX_VALUE)).isEqualTo(Intake.REFUSE);
  }

  @Test
  void storageStreamsWhatDoesNotFitTheBuffer() {
    assertThat(STORAGE.intake(11, 262_134)).isEqualTo(Intake.WHOLE);
    assertThat(STORAGE.intake(11, 262_135)).isEqualTo(Intake.STREAM);
    assertThat(STORAGE.intake(11, 1L << 40)).isEqualTo(Intake.STREAM);
  }

  @Test
  void negativeLengthClosesOnBoth() {
    assertThat(TRACKER.intake(101, -1)).isEqualTo(Intake.CLOSE);
    assertThat(STORAGE.intake(11, -1)).isEqualTo(Intake.CLOSE);
    assertThat(STORAGE.intake(12, Long.MIN_VALUE)).isEqualTo(Intake.CLOSE);
  }
}
