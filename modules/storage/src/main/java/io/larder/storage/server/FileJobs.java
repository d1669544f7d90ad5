package io.larder.storage.server;

import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.FileRequest;
import io.larder.store.CreateLink;
import io.larder.store.Delete;
import io.larder.store.GetMetadata;
import io.larder.store.QueryFileInfo;
import io.larder.store.Regenerate;
import io.larder.store.SetMetadata;
import io.larder.store.StoreLane;
import io.larder.store.Truncate;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The requests of one connection that carry no file bytes: 12, 13, 15, 20, 22, 36, 38. Each job is made when it is
/// first needed. Owner: the event loop.
final class FileJobs {
  private static final int INFO_BODY = 80;

  private final Replies replies;
  private final StoreLane lane;
  private final Supplier<ClusterFacts> facts;
  private @Nullable Deletion deletion;
  private @Nullable Facts info;
  private @Nullable Setting setting;
  private @Nullable Getting getting;
  private @Nullable Cut cut;
  private @Nullable Rename rename;
  private @Nullable Link link;

  FileJobs(Replies replies, StoreLane lane, Supplier<ClusterFacts> facts) {
    this.replies = replies;
    this.lane = lane;
    this.facts = facts;
  }

  void delete(LogicalName name) {
    Deletion job = deletion;
    if (job == null) {
      job = new Deletion();
      deletion = job;
    }
    job.submit(lane, name);
  }

  void info(LogicalName name, boolean computeCrc) {
    Facts job = info;
    if (job == null) {
      job = new Facts();
      info = job;
    }
    job.asked = name;
    if (job.submit(lane, name, computeCrc)) {
      job.completed();
    }
  }

  void setMetadata(LogicalName name, FileRequest.SetMetadata request) {
    Setting job = setting;
    if (job == null) {
      job = new Setting();
      setting = job;
    }
    boolean overwrite = request.flag() == FileRequest.SetMetadata.OVERWRITE;
    SetMetadata.Mode mode = overwrite ? SetMetadata.Mode.OVERWRITE : SetMetadata.Mode.MERGE;
    job.submit(lane, name, mode, request.metadata());
  }

  void getMetadata(LogicalName name) {
    Getting job = getting;
    if (job == null) {
      job = new Getting();
      getting = job;
    }
    job.submit(lane, name);
  }

  void truncate(LogicalName name, long size) {
    Cut job = cut;
    if (job == null) {
      job = new Cut();
      cut = job;
    }
    job.submit(lane, name, size);
  }

  void regenerate(LogicalName name) {
    Rename job = rename;
    if (job == null) {
      job = new Rename();
      rename = job;
    }
    job.submit(lane, name);
  }

  void link(FileRequest.CreateLink request) {
    Link job = link;
    if (job == null) {
      job = new Link();
      link = job;
    }
    LogicalName source = LogicalName.parse(request.sourceName());
    Optional<LogicalName> master =
        request.masterName().isEmpty()
            ? Optional.empty()
            : Optional.of(LogicalName.parse(request.masterName()));
    job.submit(lane, source, master, request.prefix(), request.extension());
  }

  private final class Deletion extends Delete {
    @Override
    protected void completed() {
      replies.ended(this);
    }
  }

  private final class Facts extends QueryFileInfo {
    private @Nullable LogicalName asked;

    @Override
    protected void completed() {
      LogicalName name = asked;
      if (!ok() || name == null) {
        replies.ended(this);
        return;
      }
      ClusterFacts known = facts.get();
      String source = known.addressOf(RoutingFacts.of(name).source());
      replies.body(
          new FileReply.FileInfo(known.addressWidth(), size(), timeSeconds(), crc(), source),
          INFO_BODY);
    }
  }

  private final class Setting extends SetMetadata {
    @Override
    protected void completed() {
      replies.ended(this);
    }
  }

  private final class Getting extends GetMetadata {
    @Override
    protected void completed() {
      if (!ok()) {
        replies.ended(this);
        return;
      }
      ByteBuf items = takeItems();
      ByteBuf frame = replies.connection().frame(items.readableBytes()).writeBytes(items);
      items.release();
      replies.frame(frame);
    }
  }

  private final class Cut extends Truncate {
    @Override
    protected void completed() {
      replies.ended(this);
    }
  }

  private final class Rename extends Regenerate {
    @Override
    protected void completed() {
      if (ok()) {
        replies.stored(stored());
      } else {
        replies.ended(this);
      }
    }
  }

  private final class Link extends CreateLink {
    @Override
    protected void completed() {
      if (ok()) {
        replies.stored(stored());
      } else {
        replies.ended(this);
      }
    }
  }
}
