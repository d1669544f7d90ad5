package io.larder.store;

/// One store path as it stands now, for disk reports, metrics and the path list.
///
/// @param index its number, the `xx` of `Mxx`
/// @param directory the configured path
/// @param totalMegabytes size in MiB as last measured; 0 when it could not be measured
/// @param freeMegabytes free MiB for ordinary users as last measured
/// @param asked what the operator lets it do, by `store_pathN_readonly` or at run time
/// @param mode what it does now: that, less what its faults forbid
/// @param reason why it does not do everything; empty when it does
/// @param replaced whether its directories were missing at start although they had been made before: the disk was
///     replaced or emptied, and its files must be recovered
/// @param queuedJobs jobs waiting or under way on its threads
/// @param queuedBytes bytes of their bodies
/// @param stalledMillis how long its threads have been busy with one step; 0 when none is
public record PathState(
    int index,
    String directory,
    long totalMegabytes,
    long freeMegabytes,
    PathMode asked,
    PathMode mode,
    String reason,
    boolean replaced,
    int queuedJobs,
    long queuedBytes,
    long stalledMillis) {}
