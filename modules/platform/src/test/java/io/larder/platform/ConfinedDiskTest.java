package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The disk that [Disks] chooses where the kernel refuses what it would like to call. The refusals are real ones.
@EnabledOnOs(OS.LINUX)
class ConfinedDiskTest {
  abstract static class Confined extends RealDiskContract {
    @Override
    Disk create() {
      return Disks.choose(Disks.Form.BEST).disk();
    }
  }

  @Nested
  class OldKernel extends Confined {
    @RegisterExtension final ConfinedThread thread = new ConfinedThread(Confinement.OLD_KERNEL);

    @Test
    void systemCallsAreTakenWithoutTheNewerOnes() {
      assertThat(disk()).isInstanceOf(LinuxDisk.class);
      assertThat(disk().description())
          .contains("cached reads no", "cachestat no", "syncfs no", "sendfile no");
      assertThat(disk().readsCached()).isFalse();
    }
  }

  @Nested
  class StrictFilter extends Confined {
    @RegisterExtension final ConfinedThread thread = new ConfinedThread(Confinement.STRICT_FILTER);

    @Test
    void aRefusalIsNoDifferentFromACallThatIsMissing() {
      assertThat(disk()).isInstanceOf(LinuxDisk.class);
      assertThat(disk().description())
          .contains("cached reads no", "cachestat no", "syncfs no", "sendfile no");
      assertThat(disk().readsCached()).isFalse();
    }
  }

  @Nested
  class NoStatx extends Confined {
    @RegisterExtension final ConfinedThread thread = new ConfinedThread(Confinement.NO_STATX);

    @Test
    void fileChannelsAreTakenAndTheReasonIsSaid() {
      assertThat(disk()).isInstanceOf(ChannelDisk.class);
      assertThat(Disks.choose(Disks.Form.BEST).reason())
          .contains("file channels: system calls refused, not offered by this kernel");
    }
  }

  @Nested
  class NoNamesForDescriptors extends Confined {
    @RegisterExtension
    final ConfinedThread thread = new ConfinedThread(Confinement.NO_NAMES_FOR_DESCRIPTORS);

    @Test
    void unnamedFilesGetTheirNamesByTheirPath() {
      int handle = disk().open(base(), ".", OpenFlags.WRITE | OpenFlags.UNNAMED, MODE);

      assertThat(disk().linkUnnamed(handle, base(), "missing/a")).isEqualTo(-Errno.ENOENT);
      assertThat(disk().linkUnnamed(handle, base(), "a")).isZero();
      assertThat(disk().linkUnnamed(handle, base(), "a")).isEqualTo(-Errno.EEXIST);
      disk().close(handle);
    }
  }

  @Nested
  class NoUnnamedFiles extends Confined {
    @RegisterExtension
    final ConfinedThread thread = new ConfinedThread(Confinement.NO_UNNAMED_FILES);

    @Test
    void unnamedFilesAreNotOffered() {
      assertThat(disk().open(base(), ".", OpenFlags.WRITE | OpenFlags.UNNAMED, MODE))
          .isEqualTo(-Errno.EOPNOTSUPP);
    }
  }
}
