package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.FakeTicker;
import io.larder.protocol.sample.SampleDataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// One run of a check and what it told. Paths are told relative to the folder that everything is in.
///
/// @param found the findings in the order of their lines
/// @param lines the same as `check path`
/// @param repairs what was said of repairs
/// @param summary what it came to
record Checked(List<Finding> found, List<String> lines, List<String> repairs, Summary summary) {
  static final long TIME = 1_800_000_000L;

  private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));

  static Checked of(SampleDataFolder folder) {
    return of(folder, UnaryOperator.identity());
  }

  static Checked of(SampleDataFolder folder, UnaryOperator<VerifyPlan.Options> options) {
    return of(disk(), options, folder.base(), folder.store());
  }

  static Checked of(Disk disk, UnaryOperator<VerifyPlan.Options> options, Path... folders) {
    try {
      VerifyPlan plan =
          PlanFinder.find(disk, List.of(folders), options.apply(VerifyPlan.Options.usual(SCRATCH)));
      return of(disk, plan);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Checked of(Disk disk, VerifyPlan plan) throws IOException {
    List<Finding> found = new ArrayList<>();
    List<String> repairs = new ArrayList<>();
    Verify.Listener listener =
        new Verify.Listener() {
          @Override
          public void found(Finding finding) {
            found.add(finding);
          }

          @Override
          public void repairing(String text) {
            repairs.add(text);
          }
        };
    Verify verify = new Verify(plan, disk, new FakeTicker(), () -> TIME * 1000, listener);
    Summary summary = verify.run();
    List<String> lines =
        found.stream().map(finding -> finding.check().id() + " " + shown(finding.path())).toList();
    return new Checked(found, lines, repairs, summary);
  }

  /// The path from `data` on.
  private static String shown(String path) {
    int data = path.indexOf("/data/");
    return data < 0 ? path : path.substring(data + "/data/".length());
  }

  static Disk disk() {
    return Disks.choose(Disks.Form.BEST).disk();
  }

  /// What was said of the only finding.
  String what() {
    return found.getFirst().what();
  }
}
