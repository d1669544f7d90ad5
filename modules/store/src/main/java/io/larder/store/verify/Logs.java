package io.larder.store.verify;

import io.larder.platform.FileStatus;
import io.larder.store.names.NameLog;
import io.larder.store.verify.Folders.Data;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Reads all logs of the base path, with the marks and places that are about them. One thread, one run.
final class Logs {
  private final Inspection inspection;
  private final Optional<Data> base;
  private final NameLog names;
  private final FreeBlocks free;
  private List<TrunkLots.Piece> lots = List.of();

  Logs(Inspection inspection, Optional<Data> base, NameLog names, FreeBlocks free) {
    this.inspection = inspection;
    this.base = base;
    this.names = names;
    this.free = free;
  }

  /// Reserved space of trunk files; good after [#read()].
  List<TrunkLots.Piece> lots() {
    return lots;
  }

  /// Reads them.
  ///
  /// @throws IOException when the disk fails
  LogFacts read() throws IOException {
    return base.isPresent() ? read(base.get()) : LogFacts.NONE;
  }

  private LogFacts read(Data data) throws IOException {
    Places syncPlaces = new Places();
    Places trunkPlaces = new Places();
    MarkCheck syncMarks = new MarkCheck(inspection, data, MarkCheck.Kind.SYNC, syncPlaces);
    MarkCheck trunkMarks = new MarkCheck(inspection, data, MarkCheck.Kind.TRUNK, trunkPlaces);
    OwnStateCheck own = new OwnStateCheck(inspection, syncPlaces);
    BinlogCheck binlog = new BinlogCheck(inspection, data, names, syncPlaces);
    TrunkLogCheck trunkLog = new TrunkLogCheck(inspection, data, free, trunkPlaces);
    syncMarks.read();
    trunkMarks.read();
    own.checkBase(data);
    lots = own.lots();
    long bytes = trunkLog.size();
    for (String name : binlog.list().values()) {
      FileStatus status = new FileStatus();
      int looked = inspection.disk().status(data.handle(), "sync/" + name, true, status);
      bytes += looked < 0 ? 0 : status.size();
    }
    inspection.progress().enter(VerifyProgress.Phase.LOGS, bytes);
    binlog.read();
    trunkLog.read();
    syncMarks.judge();
    trunkMarks.judge();
    own.judge(data);
    return new LogFacts(
        binlog.isComplete(),
        binlog.isWhole(),
        trunkLog.isWhole() && free.isKnown(),
        binlog.begun(),
        binlog.ownSources(),
        own.checkpoint());
  }
}
