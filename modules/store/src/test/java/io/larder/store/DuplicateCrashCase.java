package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.PathNames;
import io.larder.store.CrashRig.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// One story with duplicates: links and sources are there, something is done, somewhere everything ends, the store is
/// opened again and looked at: no recorded link without its source, no recorded source without a link after
/// the next checkpoint.
final class DuplicateCrashCase {
  /// What is done.
  enum Operation {
    UPLOAD_NEW,
    UPLOAD_NEW_IN_PIECES,
    UPLOAD_DUPLICATE,
    UPLOAD_DUPLICATE_IN_PIECES,
    DELETE_ONE_OF_TWO,
    DELETE_LAST,
    DELETE_LAST_AND_SWEEP,
    DELETE_LAST_AND_UPLOAD_AGAIN
  }

  private static final String SHARED = "shared content ".repeat(50);
  private static final String ALONE = "content of one link ".repeat(40);
  private static final String FRESH = "content nobody has ".repeat(40);
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final Operation operation;
  private final End end;
  private final SplittableRandom random;
  private final CrashRig crash;
  private final CrashTruth truth;
  private String story;
  private String first = "";
  private String only = "";

  DuplicateCrashCase(Durability level, boolean packs, Operation operation, End end, long seed) {
    this.operation = operation;
    this.end = end;
    random = new SplittableRandom(seed);
    crash = new CrashRig(level, packs).linking();
    truth = new CrashTruth(level);
    story = operation + (packs ? " packed" : "") + " at " + level + ", " + end + ", seed " + seed;
  }

  /// Ends it after some calls.
  ///
  /// @return whether the operation was not done yet
  boolean cutAfter(int calls) {
    story += ", cut after call " + calls;
    boolean cut = work(() -> crash.disk.dieAfter(calls));
    crash.end(end, random);
    look();
    return cut;
  }

  /// Lets one call fail; the store goes on.
  ///
  /// @return whether there was such a call
  boolean failAt(int call, int errno) {
    story += ", call " + call + " fails with " + errno;
    boolean[] failed = {false};
    work(() -> crash.disk.failCall(call, errno), () -> failed[0] = !crash.disk.awaitsCall());
    crash.end(end, random);
    look();
    return failed[0];
  }

  private boolean work(Runnable disturb) {
    boolean[] dead = {false};
    work(disturb, () -> dead[0] = crash.disk.isDead());
    return dead[0];
  }

  private void work(Runnable disturb, Runnable look) {
    try (StoreRig rig = crash.open()) {
      first = certain(rig, SHARED);
      certain(rig, SHARED);
      only = certain(rig, ALONE);
      assertThat(rig.store.duplicateState().found()).as(story).isEqualTo(1);
      crash.settle();
      disturb.run();
      run(rig);
      look.run();
      crash.disk.dieAfter(0); // the end of the store does nothing more
    }
  }

  private String certain(StoreRig rig, String content) {
    String name = rig.stored(StoreRig.plain(), content);
    truth.certain(name, content);
    return name;
  }

  private void run(StoreRig rig) {
    switch (operation) {
      case UPLOAD_NEW -> stored(rig.upload(StoreRig.plain(), FRESH), FRESH);
      case UPLOAD_NEW_IN_PIECES -> stored(rig.uploadStreamed(StoreRig.plain(), FRESH), FRESH);
      case UPLOAD_DUPLICATE -> stored(rig.upload(StoreRig.plain(), SHARED), SHARED);
      case UPLOAD_DUPLICATE_IN_PIECES ->
          stored(rig.uploadStreamed(StoreRig.plain(), SHARED), SHARED);
      case DELETE_ONE_OF_TWO -> delete(rig, first);
      case DELETE_LAST -> delete(rig, only);
      case DELETE_LAST_AND_SWEEP -> {
        delete(rig, only);
        rig.store.housekeeping().checkpoint();
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(WAIT)
            .until(() -> crash.disk.isDead() || sources().size() == 1);
      }
      case DELETE_LAST_AND_UPLOAD_AGAIN -> {
        delete(rig, only);
        stored(rig.upload(StoreRig.plain(), ALONE), ALONE);
      }
    }
  }

  private void stored(Asked.Outcome outcome, String content) {
    if (outcome.status() == 0) {
      truth.file(outcome.name(), content, true);
    }
  }

  private void delete(StoreRig rig, String name) {
    truth.file(name, CrashTruth.GONE, rig.delete(name).status() == 0);
  }

  // ---- afterwards

  private void look() {
    for (int start = 0; start < 2; start++) {
      try (StoreRig rig = crash.open()) {
        String now = story + ", start " + start;
        checkLinks(now);
        new CrashCheck(crash, rig, truth, end.losesPower(), now).run();
        checkSweep(rig, now);
        checkLinks(now);
      }
      crash.end(End.KILL, random);
    }
  }

  /// No link that is recorded leads nowhere. A power cut may take what was not promised; what was is read by its name.
  private void checkLinks(String now) {
    String binlog = crash.binlog();
    for (String file : crash.files()) {
      boolean checked = !end.losesPower() && isRecorded(binlog, file);
      source(file)
          .filter(target -> checked)
          .ifPresent(target ->
              assertThat(crash.exists(target)).as("%s: source of %s", now, file).isTrue());
    }
  }

  private static boolean isRecorded(String binlog, String link) {
    return binlog.contains(" L M00/" + link + " ") && !binlog.contains(" D M00/" + link + "\n");
  }

  /// Sources that are recorded and have no link go.
  private void checkSweep(StoreRig rig, String now) {
    try {
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(WAIT)
          .until(() -> {
            rig.store.housekeeping().checkpoint();
            return unused().isEmpty();
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(now + ": without links: " + unused() + "\n" + crash.binlog(), e);
    }
  }

  private List<String> unused() {
    String binlog = crash.binlog();
    Set<String> used = new HashSet<>();
    crash.files().forEach(file -> source(file).ifPresent(used::add));
    if (end.losesPower()) {
      used.addAll(
          recordedSources(binlog)); // a deletion may have lost its record and not its effect
    }
    return sources().stream()
        .filter(source -> binlog.contains(" C M00/" + source))
        .filter(source -> !used.contains(source))
        .toList();
  }

  private static List<String> recordedSources(String binlog) {
    return binlog
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[1].equals("L") && isRecorded(binlog, words[2].substring(4)))
        .map(words -> words[3].substring(4))
        .toList();
  }

  private List<String> sources() {
    List<String> sources = new ArrayList<>();
    for (String file : crash.files()) {
      if (file.endsWith("~src")) {
        sources.add(file);
      }
    }
    return sources;
  }

  /// What a symbolic link leads to, as a true name.
  private Optional<String> source(String trueName) {
    StringBuilder target = new StringBuilder();
    int directory = crash.memory.openDirectory(CrashRig.BASE.resolve("p0/data"));
    int result = crash.memory.readLink(directory, PathNames.bytesOf(trueName), target);
    crash.memory.close(directory);
    String prefix = CrashRig.BASE.resolve("p0/data") + "/";
    return result < 0 ? Optional.empty() : Optional.of(target.substring(prefix.length()));
  }
}
