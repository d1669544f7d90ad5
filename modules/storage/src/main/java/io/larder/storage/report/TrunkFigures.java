package io.larder.storage.report;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.RefusedException;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.protocol.wire.TrunkReport;
import io.larder.store.TrunkState;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one tracker was told of the trunk files, as long as this storage hands out their slots: the newest file (73) and
/// the free space (74), when they have changed. Owner: the event loop of the reporter.
final class TrunkFigures {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrunkFigures.class);

  private int lastFileId = -1;
  private long freeMegabytes = -1;

  /// Tells what is new.
  ///
  /// @param state empty when another storage hands out the slots
  Future<?> send(Exchange tracker, Optional<TrunkState> state) {
    if (state.isEmpty()) {
      return Future.succeededFuture();
    }
    int fileId = state.get().lastFileId();
    long free = state.get().freeBytes() >> 20;
    Future<?> told = Future.succeededFuture();
    if (fileId != lastFileId) {
      told = tell(tracker, new TrunkReport.ReportTrunkFid(fileId), () -> lastFileId = fileId);
    }
    if (free != freeMegabytes) {
      told =
          told.compose(done ->
              tell(tracker, new TrunkReport.ReportTrunkFree(free), () -> freeMegabytes = free));
    }
    return told;
  }

  /// A tracker that knows another trunk server refuses; it will tell us who it is.
  private static Future<?> tell(Exchange tracker, TrackerRequest report, Runnable then) {
    return tracker
        .ask(report, Done.class)
        .onSuccess(done -> then.run())
        .recover(fault -> {
          if (fault instanceof RefusedException) {
            LOGGER.debug("trunk report refused: {}", fault.getMessage());
            return Future.succeededFuture();
          }
          return Future.failedFuture(fault);
        });
  }
}
