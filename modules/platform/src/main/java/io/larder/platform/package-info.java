/// The only room that touches the operating system: files at system-call level, clocks, randomness.
///
/// [Disk] is the port to files, in two forms with one contract: [LinuxDisk] (foreign functions) and [ChannelDisk] (the
/// JDK alone); [Disks] chooses at start. It knows nothing of FastDFS: no names, layouts or rules live here.
@NullMarked
package io.larder.platform;

import org.jspecify.annotations.NullMarked;
