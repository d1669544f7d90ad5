package io.larder.storage.server;

import io.larder.store.ChangeHead;
import io.larder.store.SmallChange;
import io.larder.store.StoreLane;
import io.larder.store.StreamedChange;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The appends and modifications of one connection (24, 34), whole in a buffer or streamed. Owner: the event loop.
final class ChangeJobs {
  private final Replies replies;
  private final StoreLane lane;
  private @Nullable Small small;
  private @Nullable Large large;

  ChangeJobs(Replies replies, StoreLane lane) {
    this.replies = replies;
    this.lane = lane;
  }

  void small(ChangeHead head, ByteBuf body) {
    Small job = small;
    if (job == null) {
      job = new Small();
      small = job;
    }
    job.submit(lane, head, body);
  }

  void large(ChangeHead head, long size, ByteBuf first) {
    Large job = new Large();
    large = job;
    job.begin(lane, head, size);
    job.flow.piece(first, false);
  }

  void chunk(ByteBuf chunk, boolean last) {
    Large job = large;
    if (job == null) {
      chunk.release();
    } else {
      job.flow.piece(chunk, last);
    }
  }

  void closed() {
    Large job = large;
    if (job != null) {
      large = null;
      job.abort();
    }
  }

  private final class Small extends SmallChange {
    @Override
    protected void completed() {
      replies.ended(this);
    }
  }

  private final class Large extends StreamedChange {
    private final BodyFlow flow = new BodyFlow(this, replies.connection());

    @Override
    protected void writable() {
      flow.writable();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very job that the connection waits for
    protected void completed() {
      if (large == this) {
        large = null;
        replies.ended(this);
      }
    }
  }
}
