package io.larder.tracker.session;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Done;
import java.util.Optional;

/// Commands between trackers (58, 61 to 63, 65 to 68), as far as a tracker that agrees with nobody
/// answers them: it knows no other tracker, so nobody can join it, ping it or commit a leader
/// (S2 §5.1). Everything else is an unknown command.
final class PeerAnswers {
  private final TrackerParts parts;
  private final Vantage vantage;
  private final Answerer answerer;

  PeerAnswers(TrackerParts parts, Vantage vantage, Answerer answerer) {
    this.parts = parts;
    this.vantage = vantage;
    this.answerer = answerer;
  }

  void answer(int code) {
    Optional<Command> command = Command.find(code);
    if (command.isEmpty()) {
      throw new RefusedException(Status.EINVAL, "unknown command " + code);
    }
    switch (command.get()) {
      case JOIN_LEADER -> refuse(Status.ENOENT, "trackers do not follow this one yet");
      case PING_LEADER -> refuse(Status.EINVAL, "nobody joined this leader on the connection");
      case NOTIFY_NEXT_LEADER, COMMIT_NEXT_LEADER ->
          refuse(Status.ENOENT, "no other tracker is known");
      case NOTIFY_RESELECT_LEADER -> reselect();
      case GET_SYS_FILES_START, GET_SYS_FILES_END, GET_ONE_SYS_FILE ->
          refuse(Status.EACCES, "files are handed to no other tracker yet");
      default -> refuse(Status.EINVAL, "unknown command " + code);
    }
  }

  private void reselect() {
    if (parts.settings().peersOnly() && !isKnown()) {
      refuse(Status.EACCES, vantage.peerIp() + " is no tracker or storage of the cluster");
    }
    answerer.after(parts.ledger().reselect(), _ -> new Done());
  }

  private boolean isKnown() {
    String ip = vantage.peerIp();
    return parts.registry().view().trackers().stream().anyMatch(t -> t.hosts().contains(ip))
        || parts.registry().view().groups().stream()
            .flatMap(group -> group.storages().stream())
            .anyMatch(s ->
                s.identity().addresses().contains(ip)
                    || s.link().filter(link -> link.peerIp().equals(ip)).isPresent());
  }

  private static void refuse(int status, String why) {
    throw new RefusedException(status, why);
  }
}
