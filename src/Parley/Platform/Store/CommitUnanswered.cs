using System.Data.Common;

namespace Parley.Platform.Store;

/// <summary>A COMMIT whose answer nobody heard: what it was to make durable is there, or is not. Whoever says "nothing was changed" then may lie.</summary>
public sealed class CommitUnanswered(DbException why) : DbException(why.Message, why)
{
    public override bool IsTransient => why.IsTransient;

    public override string? SqlState => why.SqlState;
}
