package io.larder.cluster.view;

import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import java.util.List;

/// Space of the store paths of one storage in MB, as its last disk report told.
///
/// @param paths one entry per store path; empty until the first report
public record DiskSpace(long totalMb, long freeMb, List<PathSpace> paths) {
  public static final DiskSpace UNKNOWN = new DiskSpace(0, 0, List.of());

  private static final PathSpace NONE = new PathSpace(0, 0);

  public DiskSpace {
    paths = List.copyOf(paths);
  }

  /// Sums the paths up.
  public static DiskSpace of(List<PathSpace> paths) {
    long total = 0;
    long free = 0;
    for (PathSpace path : paths) {
      total += path.totalMb();
      free += path.freeMb();
    }
    return new DiskSpace(total, free, paths);
  }

  /// The path with the most free space; the first of equals.
  public int roomiestPath() {
    int best = 0;
    for (int i = 1; i < paths.size(); i++) {
      if (paths.get(i).freeMb() > paths.get(best).freeMb()) {
        best = i;
      }
    }
    return best;
  }

  /// The space of one path; zero while nothing was reported.
  public PathSpace path(int index) {
    return index < paths.size() ? paths.get(index) : NONE;
  }
}
