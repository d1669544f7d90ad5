package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.CrashRig.End;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;

/// One story: files are there, operations are done, somewhere everything ends, the store is opened again and looked at.
final class CrashCase {
  private final List<CrashOps> operations;
  private final End end;
  private final SplittableRandom random;
  private final CrashRig crash;
  private final CrashTruth truth;
  private String story;

  CrashCase(Durability level, List<CrashOps> operations, End end, long seed) {
    this(level, false, operations, end, seed);
  }

  CrashCase(Durability level, boolean packs, List<CrashOps> operations, End end, long seed) {
    this.operations = operations;
    this.end = end;
    this.random = new SplittableRandom(seed);
    crash = new CrashRig(level, packs);
    if (seed % 2 == 0) {
      crash.disk.apart(); // the binlog is synced by itself, as on a file system of its own
    }
    truth = new CrashTruth(level);
    story = operations + (packs ? " packed" : "") + " at " + level + ", " + end + ", seed " + seed;
  }

  /// Ends it after some calls.
  ///
  /// @return whether the operations were not done yet
  boolean cutAfter(int calls) {
    story += ", cut after call " + calls;
    boolean cut = work(() -> crash.disk.dieAfter(calls), () -> crash.disk.isDead());
    crash.end(end, random);
    look();
    return cut;
  }

  /// Ends it after some calls, and the next start after some, too.
  void cutAlsoTheStart(int calls, int callsOfStart) {
    story += ", cut after call " + calls + ", the start after call " + callsOfStart;
    work(() -> crash.disk.dieAfter(calls), () -> crash.disk.isDead());
    crash.end(end, random);
    crash.disk.dieAfter(callsOfStart);
    try (StoreRig rig = crash.openUnfinished()) {
      rig.read("M00/00/00/no-such-file-but-a-name-of-this-length");
    } catch (UncheckedIOException e) {
      // a start that is cut is no start
    }
    crash.end(end, random);
    look();
  }

  /// Lets one call fail; the store goes on.
  ///
  /// @return whether there was such a call
  boolean failAt(int call, int errno) {
    story += ", call " + call + " fails with " + errno;
    boolean failed = work(() -> crash.disk.failCall(call, errno), () -> !crash.disk.awaitsCall());
    crash.end(end, random);
    look();
    return failed;
  }

  private interface Question {
    boolean answer();
  }

  private boolean work(Runnable disturb, Question disturbed) {
    boolean result;
    try (StoreRig rig = crash.open()) {
      CrashOps.Files files = CrashOps.prepare(rig, truth);
      assertThat(files.plain).hasSize(crash.packs() ? 60 : 44);
      crash.settle();
      disturb.run();
      for (CrashOps operation : operations) {
        operation.run(rig, truth, files);
      }
      result = disturbed.answer();
      crash.disk.dieAfter(0); // the end of the store does nothing more
    }
    return result;
  }

  private void look() {
    for (int start = 0; start < 2; start++) {
      try (StoreRig rig = crash.open()) {
        new CrashCheck(crash, rig, truth, end.losesPower(), story + ", start " + start).run();
      }
      crash.end(End.KILL, random);
    }
  }
}
