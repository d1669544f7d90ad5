package io.larder.tracker.session;

import io.larder.cluster.report.Member;
import io.larder.cluster.report.SourceAsked;
import io.larder.cluster.report.SourceOf;
import io.larder.cluster.report.SourceTold;
import io.larder.cluster.report.SyncReport;
import io.larder.cluster.report.SyncReport.Received;
import io.larder.cluster.report.TrunkFileId;
import io.larder.cluster.report.TrunkFree;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.SyncSourceRequest;
import io.larder.protocol.wire.TrunkReport;
import java.util.List;
import java.util.Optional;

/// Who fills whom and how far, and trunk files: commands 72, 73, 74, 79, 86, 87, 88 and 89 (S2 §1.5 to
/// §1.11).
final class SyncAnswers {
  private final TrackerParts parts;
  private final MemberDesk desk;
  private final Answerer answerer;

  SyncAnswers(TrackerParts parts, MemberDesk desk, Answerer answerer) {
    this.parts = parts;
    this.desk = desk;
    this.answerer = answerer;
  }

  void answer(SyncSourceRequest request) {
    switch (request) {
      case SyncSourceRequest.SyncDestReq _ ->
          desk.changed(new SourceAsked(desk.joined()), SyncAnswers::reply);
      case SyncSourceRequest.SyncNotify notify ->
          desk.changed(new SourceTold(desk.joined(), source(notify)), _ -> new Done());
      case SyncSourceRequest.SyncDestQuery _ -> answerer.now(reply(recorded(desk.joined())));
      case SyncSourceRequest.SyncSrcReq(String group, String destination) ->
          desk.changed(new SourceOf(group, destination), SyncAnswers::reply);
      case SyncSourceRequest.SyncReport report ->
          desk.changed(new SyncReport(desk.joined(), received(report)), _ -> desk.news());
    }
  }

  void answer(TrunkReport request) {
    Member member = desk.joined();
    switch (request) {
      case TrunkReport.FetchTrunkFid _ ->
          answerer.now(
              new MemberReply.TrunkFid(
                  member.in(parts.registry().view()).group().trunk().currentFileId()));
      case TrunkReport.ReportTrunkFid(int fileId) ->
          desk.changed(new TrunkFileId(member, fileId), _ -> new Done());
      case TrunkReport.ReportTrunkFree(long freeMb) ->
          desk.changed(new TrunkFree(member, freeMb), _ -> new Done());
    }
  }

  private static Optional<SyncSource> source(SyncSourceRequest.SyncNotify notify) {
    return notify.sourceId().isEmpty()
        ? Optional.empty()
        : Optional.of(new SyncSource(StorageId.of(notify.sourceId()), notify.untilTimestamp()));
  }

  private Optional<SyncSource> recorded(Member member) {
    return member.in(parts.registry().view()).storage().source();
  }

  private static Reply reply(Optional<SyncSource> source) {
    return source
        .map(from ->
            new MemberReply.SyncSource(
                Optional.of(
                    new MemberReply.SyncSource.Source(from.id().text(), from.untilTimestamp()))))
        .orElse(MemberReply.SyncSource.NONE);
  }

  /// Entries without id or time say nothing: storages send them for themselves and for idle sources.
  private static List<Received> received(SyncSourceRequest.SyncReport report) {
    return report.sources().stream()
        .filter(from -> from.timestamp() > 0 && !from.sourceId().isEmpty())
        .map(from -> new Received(StorageId.of(from.sourceId()), from.timestamp()))
        .toList();
  }
}
