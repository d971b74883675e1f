namespace Parley.Contacts;

/// <summary>In which situation somebody waits for an answer. How long that takes is learned from those who waited in the same.</summary>
public enum Like
{
    /// <summary>It is open, and somebody is there.</summary>
    Staffed,

    /// <summary>It is open, and nobody is there.</summary>
    Unstaffed,

    /// <summary>It is outside the hours.</summary>
    Closed,

    /// <summary>They wait in the queue, and nothing is known of its pace.</summary>
    Queue,

    /// <summary>They wait in the queue, and its pace says how long: learned is how far that is from how long it takes.</summary>
    Paced,
}

/// <summary>How long an answer takes, in time in which it is open, unrounded: so likely is it there by then.</summary>
/// <param name="Of">How many answers that were alike it was learned from.</param>
/// <param name="Half">Half of the answers are there by then.</param>
/// <param name="Eighty">Eighty of a hundred.</param>
/// <param name="Ninety">Ninety of a hundred: what is promised.</param>
public sealed record Learned(Like Like, int Of, TimeSpan Half, TimeSpan Eighty, TimeSpan Ninety)
{
    /// <summary>How likely what is promised is, in percent.</summary>
    public const int Level = 90;
}

/// <summary>Says how long answers take, as far as that has been learned. Whoever keeps the score of promises tells it.</summary>
public interface ILearning
{
    /// <summary>Null: fewer than thirty answers were alike.</summary>
    /// <param name="since">Since when they have waited already: then it is said how much longer it takes. Null: they begin to.</param>
    /// <param name="pace">How long the pace of the queue says that it takes; only where the situation is <see cref="Like.Paced"/>.</param>
    Learned? Of(WorkspaceId workspace, InboxId inbox, Like like, DateTimeOffset? since = null, TimeSpan? pace = null);

    /// <summary>How many wait for an answer that was promised them, whom the same agents may answer.</summary>
    int Ahead(WorkspaceId workspace, InboxId inbox);

    /// <summary>The same of who begins to wait in an inbox.</summary>
    Func<Like, Learned?> In(WorkspaceId workspace, InboxId inbox) => like => Of(workspace, inbox, like);
}
