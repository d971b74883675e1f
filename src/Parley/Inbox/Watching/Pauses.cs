namespace Parley.Inbox.Watching;

/// <summary>
/// How long nobody is told a number: one that changes without end is told to a few people a few times a second, and to hundreds once, so that what they all
/// look at costs no more than so many frames a second. The first change after a quiet time is told at once.
/// </summary>
internal sealed class Pauses
{
    /// <summary>So many are told in one round.</summary>
    private const int ARound = 100;

    /// <summary>Later than after so many rounds nobody learns of a change, however many they are.</summary>
    private const int Most = 10;

    private readonly Dictionary<WorkspaceId, long> _until = [];
    private long _round;

    /// <summary>Another round begins, whether or not there is news for anybody.</summary>
    public void Next() => _round++;

    /// <summary>Whether a workspace's numbers may be told in this round.</summary>
    public bool Over(WorkspaceId workspace) => !_until.TryGetValue(workspace, out var until) || _round > until;

    /// <summary>So many were told in this round.</summary>
    public void Told(WorkspaceId workspace, int people) => _until[workspace] = _round + Math.Min(people / ARound, Most);
}
