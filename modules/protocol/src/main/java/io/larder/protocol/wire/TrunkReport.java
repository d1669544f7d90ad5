package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.checkNotNegative;

/// Tracker requests of a group's trunk server (S2 §1.11).
public sealed interface TrunkReport extends TrackerRequest {
  /// Command 72: the last trunk file id that trackers know of.
  record FetchTrunkFid() implements TrunkReport {
    static FetchTrunkFid read(Header header, BodyReader in) {
      in.end();
      return new FetchTrunkFid();
    }

    @Override
    public int code() {
      return Command.FETCH_TRUNK_FID.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 73: the last trunk file id made.
  record ReportTrunkFid(int trunkFileId) implements TrunkReport {
    public ReportTrunkFid {
      checkNotNegative("trunk_file_id", trunkFileId);
    }

    static ReportTrunkFid read(Header header, BodyReader in) {
      ReportTrunkFid request = new ReportTrunkFid(in.int32("trunk_file_id"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.REPORT_TRUNK_FID.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int32(trunkFileId);
    }
  }

  /// Command 74: free space in trunk files, MiB.
  record ReportTrunkFree(long freeMb) implements TrunkReport {
    public ReportTrunkFree {
      checkNotNegative("free_mb", freeMb);
    }

    static ReportTrunkFree read(Header header, BodyReader in) {
      ReportTrunkFree request = new ReportTrunkFree(in.int64("free_mb"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.REPORT_TRUNK_FREE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(freeMb);
    }
  }
}
