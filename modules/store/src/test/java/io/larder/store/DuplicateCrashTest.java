package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.store.CrashRig.End;
import io.larder.store.DuplicateCrashCase.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cuts uploads of new and of known content, deletions of one of several and of the last link, and the sweep of sources
/// at every call that changes something, at every level of durability, in every way. The index loses its last commits
/// with the power.
class DuplicateCrashTest {
  private static final int CALLS_MAX = 200;

  @ParameterizedTest
  @EnumSource
  void anOperationIsCutAnywhere(Operation operation) {
    for (Durability level : Durability.values()) {
      for (End end : End.values()) {
        boolean cut = true;
        for (int call = 0; cut; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          cut = new DuplicateCrashCase(level, false, operation, end, call).cutAfter(call);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UPLOAD_NEW", "UPLOAD_NEW_IN_PIECES", "UPLOAD_DUPLICATE", "DELETE_LAST"})
  void anOperationOnPackedFilesIsCutAnywhere(Operation operation) {
    for (Durability level : Durability.values()) {
      for (End end : End.values()) {
        boolean cut = true;
        for (int call = 0; cut; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          cut = new DuplicateCrashCase(level, true, operation, end, call).cutAfter(call);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELETE_LAST_AND_SWEEP")
  void anyCallOfAnOperationFails(Operation operation) {
    for (Durability level : Durability.values()) {
      for (int errno : new int[] {Errno.EIO, Errno.ENOSPC}) {
        boolean failed = true;
        for (int call = 1; failed; call++) {
          assertThat(call).isLessThan(CALLS_MAX);
          failed =
              new DuplicateCrashCase(level, false, operation, End.KILL, call).failAt(call, errno);
        }
      }
    }
  }
}
