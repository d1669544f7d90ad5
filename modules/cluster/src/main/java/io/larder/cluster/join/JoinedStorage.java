package io.larder.cluster.join;

import io.larder.cluster.report.Member;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.Optional;

/// The answer to a join.
///
/// @param member who the connection speaks for from now on
/// @param self this tracker's entry in the list of trackers
/// @param trackers the list
/// @param source the storage's sync source, if one is recorded
public record JoinedStorage(
    Member member,
    PeerAddress self,
    List<PeerAddress> trackers,
    StorageStatus status,
    Optional<StorageId> source) {}
