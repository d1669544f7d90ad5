package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.store.scrub.Pace;
import io.larder.store.scrub.Stop;
import io.larder.store.scrub.StoppedException;
import java.util.Optional;

/// What all parts of one check share. Any thread.
///
/// @param disk where the folders are
/// @param plan what is checked
/// @param findings takes what is found
/// @param progress told how far it is
/// @param compared told how content was compared
/// @param pace slows reading down
/// @param stop tells when to end early
/// @param repairs takes what could be repaired
record Inspection(
    Disk disk,
    VerifyPlan plan,
    Findings findings,
    VerifyProgress progress,
    Compared compared,
    Pace pace,
    Stop stop,
    Repairs repairs) {
  void find(Check check, String path, String what) {
    findings.add(check, path, what);
  }

  /// Says that bytes were read; waits if that was too fast.
  ///
  /// @throws StoppedException when the check is to end
  void read(long bytes) {
    progress.read(bytes);
    pace.spend(bytes);
    checkStop();
  }

  /// @throws StoppedException when the check is to end
  void checkStop() {
    if (stop.isWished()) {
      throw new StoppedException();
    }
  }

  Optional<String> storePath(int index) {
    return Optional.ofNullable(plan.storePaths().get(index));
  }
}
