package io.larder.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers the finished jobs of a batch by lane and sends each lane its chain. Belongs to a path thread.
final class HandBack {
  private static final class Chain {
    private final StoreLane lane;
    private @Nullable StoreJob newest;
    private @Nullable StoreJob oldest;

    Chain(StoreLane lane) {
      this.lane = lane;
    }
  }

  /// One per lane ever met; there are as many lanes as event loops.
  private final List<Chain> chains = new ArrayList<>();

  void add(StoreJob job) {
    StoreLane lane = job.lane;
    if (lane == null) {
      job.deliver(); // housekeeping has no loop to go back to
      return;
    }
    Chain chain = chain(lane);
    job.next = chain.newest;
    chain.newest = job;
    if (chain.oldest == null) {
      chain.oldest = job;
    }
  }

  private Chain chain(StoreLane lane) {
    for (int i = 0; i < chains.size(); i++) {
      if (chains.get(i).lane == lane) {
        return chains.get(i);
      }
    }
    Chain chain = new Chain(lane);
    chains.add(chain);
    return chain;
  }

  void send() {
    for (int i = 0; i < chains.size(); i++) {
      Chain chain = chains.get(i);
      StoreJob newest = chain.newest;
      StoreJob oldest = chain.oldest;
      if (newest != null && oldest != null) {
        chain.newest = null;
        chain.oldest = null;
        chain.lane.comeBack(newest, oldest);
      }
    }
  }
}
