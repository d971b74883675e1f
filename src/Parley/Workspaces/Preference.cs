namespace Parley.Workspaces;

/// <summary>By what it is decided who of several gets something; several in order, the first that tells two apart decides.</summary>
public enum Preference
{
    /// <summary>Whose customer it is.</summary>
    ContactOwner,

    /// <summary>Who had the customer's last matter.</summary>
    LastAgent,

    /// <summary>Whoever is best at what is asked for.</summary>
    Skills,

    /// <summary>Whoever said that they speak the customer's language.</summary>
    Language,

    /// <summary>Hard ones go to whoever has the fewest of them.</summary>
    SpreadHard,

    /// <summary>Whoever has the smallest share of what they can.</summary>
    LeastLoaded,

    /// <summary>Whoever has had nothing to do for the longest.</summary>
    LongestIdle,

    /// <summary>In turns.</summary>
    RoundRobin,
}

/// <summary>Whether a matter is talked about at once, or written about.</summary>
public enum Pace { Live, Messaging }
