package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisksTest {
  @Test
  void theChoiceSaysWhy() {
    assertThat(Disks.choose(Disks.Form.CHANNELS).reason()).contains("as asked for");
    assertThat(Disks.choose(Disks.Form.BEST).reason()).isNotBlank();
  }

  @Test
  void systemCallsAreTakenOnLinux() {
    boolean possible = LinuxCalls.obstacle().isEmpty();

    assertThat(Disks.choose(Disks.Form.BEST).disk() instanceof LinuxDisk).isEqualTo(possible);
  }
}
