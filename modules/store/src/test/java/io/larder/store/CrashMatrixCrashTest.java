package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.store.CrashRig.End;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cuts every operation at every call that changes something, at every level of durability, in every way, opens the store
/// again and compares it with what was acknowledged.
class CrashMatrixCrashTest {
  private static final int CALLS_MAX = 200;

  @ParameterizedTest
  @EnumSource
  void anOperationIsCutAnywhere(CrashOps operation) {
    for (Durability level : Durability.values()) {
      for (End end : End.values()) {
        boolean cut = true;
        for (int call = 0; cut; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          cut = new CrashCase(level, List.of(operation), end, call).cutAfter(call);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyCallOfAnOperationFails(CrashOps operation) {
    for (Durability level : Durability.values()) {
      for (int errno : new int[] {Errno.EIO, Errno.ENOSPC}) {
        boolean failed = true;
        for (int call = 1; failed; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          failed = new CrashCase(level, List.of(operation), End.KILL, call).failAt(call, errno);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStartAfterACutIsCutAnywhere(CrashOps operation) {
    SplittableRandom random = new SplittableRandom(operation.name().hashCode());
    for (Durability level : Durability.values()) {
      for (End end : End.values()) {
        CrashCase one = new CrashCase(level, List.of(operation), end, random.nextLong());
        one.cutAlsoTheStart(random.nextInt(25), random.nextInt(15));
      }
    }
  }

  /// Operations that do something else when small files are packed.
  @ParameterizedTest
  @EnumSource(
      names = {
        "UPLOAD",
        "UPLOAD_EMPTY",
        "UPLOAD_LARGE",
        "UPLOAD_SLAVE",
        "REPLACE_METADATA",
        "LINK",
        "DELETE",
        "DELETE_LINK"
      })
  void anOperationOnPackedFilesIsCutAnywhere(CrashOps operation) {
    for (Durability level : Durability.values()) {
      for (End end : End.values()) {
        boolean cut = true;
        for (int call = 0; cut; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          cut = new CrashCase(level, true, List.of(operation), end, call).cutAfter(call);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UPLOAD", "UPLOAD_LARGE", "LINK", "DELETE", "DELETE_LINK"})
  void anyCallOfAnOperationOnPackedFilesFails(CrashOps operation) {
    for (Durability level : Durability.values()) {
      for (int errno : new int[] {Errno.EIO, Errno.ENOSPC}) {
        boolean failed = true;
        for (int call = 1; failed; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          failed =
              new CrashCase(level, true, List.of(operation), End.KILL, call).failAt(call, errno);
        }
      }
    }
  }
}
