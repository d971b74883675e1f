namespace Parley.Figures.Promises;

/// <summary>
/// How long answers take in one situation of one inbox, learned from the last ones. In what unit is the caller's: seconds, or parts of what the pace of a
/// queue had said. Without a clock or a store; not for several threads at once. Why it is so: docs/adr/0013.
/// <para>
/// Three steps. First each time is divided by what the <see cref="Backlog"/> that was found says. Then the quantile of those who came last,
/// by the estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958): who still waits has waited at least so long, so that slow days show at once and not when they
/// are over; one more who would wait for ever stands for the answer that is to be promised (Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World, 2005).
/// Then what was said too much or too little of late, level by level: with each outcome the logarithm of a factor moves by a step × (missed − what
/// may be missed), which keeps the share that is kept at the level however the times shift (Gibbs, Candès: Adaptive Conformal Inference, 2021; Angelopoulos, Candès,
/// Tibshirani: Conformal PID Control, 2023, "quantile tracking").
/// </para>
/// </summary>
/// <param name="nights">Of so many days answers are kept however many there are, where they come by the morning: all that waited for one morning are alike as if they were one.</param>
internal sealed class Alike(int nights = 0)
{
    /// <summary>With fewer answers nothing is said to be learned.</summary>
    public const int Fewest = 30;

    /// <summary>So many answers: what was longer ago says less of now than it blurs.</summary>
    public const int Window = 80;

    /// <summary>Where answers come by the night.</summary>
    public const int Nights = 3;

    /// <summary>And of quiet nights more.</summary>
    public const int Quiet = 240;

    /// <summary>More are never kept.</summary>
    public const int Most = 2_000;

    private const double Step = 0.05;

    /// <summary>Of more than so many who wait together each outcome moves the less: all of them were told before any of it was known.</summary>
    private const double Few = 20;

    /// <summary>Of those who wait now so many times as many answers: what is learned of a busy hour is more than that hour.</summary>
    private const int Rounds = 4;

    /// <summary>Three times as long, or a third: many who wait since the same bad hour must not count as if they were many bad hours.</summary>
    private static readonly double Furthest = Math.Log(3);

    private static readonly double[] Levels = [0.5, 0.8, 0.9];

    private readonly Dictionary<Guid, LinkedListNode<Wait>> _open = [];
    private readonly LinkedList<Wait> _waits = [];
    private readonly double[] _shift = new double[Levels.Length];
    private readonly Dictionary<int, int> _days = [];

    /// <summary>From how many answers it is learned.</summary>
    public int Answers { get; private set; }

    /// <summary>Somebody begins to wait.</summary>
    /// <param name="id">Of whom waits: whoever begins anew waits no longer as before.</param>
    /// <param name="since">By the clock of their inbox, which stands still while it is closed.</param>
    /// <param name="scale">One unit of what is learned.</param>
    /// <param name="said">What was said of the three levels; null where nothing was learned yet.</param>
    /// <param name="ahead">How many waited already.</param>
    public void Begin(Guid id, TimeSpan since, TimeSpan scale, double[]? said, int ahead = 0)
    {
        Drop(id);
        _open[id] = _waits.AddLast(new Wait(since, scale.TotalSeconds, said, ahead) { Together = _open.Count });
    }

    /// <summary>
    /// What is told anew from the ledger begins in the middle: how far the factors had come by then is found again in what was said to the last who began, by
    /// holding it against what would be said of the same answers without them.
    /// </summary>
    public void Recall(TimeSpan now, double[] said, int ahead)
    {
        if (Draw(now) is not { } curve)
        {
            return;
        }

        var bare = (curve with { Factors = [1, 1, 1] }).Quantiles(ahead, 0);
        for (var level = 0; level < Levels.Length; level++)
        {
            var found = Math.Clamp(Math.Log(said[level] / bare[level]), -Furthest, Furthest);
            // What is said of a level is never less than of the one beneath: where it is the same, its own factor is that or less.
            _shift[level] = level > 0 && said[level] <= said[level - 1] ? Math.Min(_shift[level], found) : found;
        }
    }

    /// <summary>They have their answer.</summary>
    public void Settle(Guid id, TimeSpan took, DateTimeOffset at)
    {
        if (!_open.Remove(id, out var node))
        {
            return;
        }

        var wait = node.Value;
        wait.Took = took.TotalSeconds / wait.Scale;
        Learn(wait, wait.Took.Value, over: true);
        if (wait.Counts)
        {
            (wait.Day, Answers) = ((int)(at.ToUnixTimeSeconds() / 86_400), Answers + 1);
            _days[wait.Day] = _days.GetValueOrDefault(wait.Day) + 1;
        }

        // All who came since the first of so many, however many of them still wait: had only they been counted who were answered last, those who waited long would be too many.
        while (Full && _waits.First is { Value: var oldest })
        {
            oldest.Counts = false;
            _waits.RemoveFirst();
            if (oldest.Took is not null)
            {
                Answers--;
                if (--_days[oldest.Day] == 0)
                {
                    _days.Remove(oldest.Day);
                }
            }
        }
    }

    /// <summary>They wait no longer, and nobody answered: that says nothing of how long it takes.</summary>
    public void Drop(Guid id)
    {
        if (_open.Remove(id, out var node) && node.Value.Counts)
        {
            _waits.Remove(node);
        }
    }

    /// <summary>In which an answer is there with the likelihood of each level; null while fewer than <see cref="Fewest"/> were alike.</summary>
    /// <param name="now">By the clock of the inbox.</param>
    /// <param name="ahead">How many wait already.</param>
    /// <param name="waited">How long they have waited already, in the same unit as is learned: then it is said how much longer it takes.</param>
    public double[]? Quantiles(TimeSpan now, int ahead = 0, double waited = 0) => Draw(now)?.Quantiles(ahead, waited);

    /// <summary>What is known now, to be asked more than once.</summary>
    public Curve? Draw(TimeSpan now)
    {
        foreach (var wait in _open.Values.Select(node => node.Value))
        {
            Learn(wait, wait.Elapsed(now), over: false);
        }

        if (Answers < Fewest)
        {
            return null;
        }

        var backlog = Backlog.Of(_waits.Where(wait => wait.Took is not null).Select(wait => (wait.Ahead, wait.Took!.Value)));
        // Who has only just begun to wait says nothing yet.
        var times = _waits.Select(wait => (Time: wait.Elapsed(now) / backlog.Part(wait.Ahead), Answered: wait.Took is not null)).Where(wait => wait.Answered || wait.Time > 0).ToList();
        times.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        var steps = new List<(double, double)>(times.Count);
        var (left, risk) = (1.0, times.Count + 1);
        foreach (var (time, answered) in times)
        {
            if (answered)
            {
                left *= 1 - (1.0 / risk);
                // No time at all is a time too: what is learned begins above it.
                steps.Add((Math.Max(time, 1e-6), left));
            }

            risk--;
        }

        return new Curve(steps, times[^1].Time, backlog, [.. _shift.Select(Math.Exp)], Answers);
    }

    private bool Full => Answers > Most || (nights > 0 ? Answers > Quiet && _days.Count > nights : Answers > Math.Max(Window, Rounds * _open.Count));

    /// <summary>What was said is held against what came of it, each level once: as soon as it is known, which is when more time than that has passed.</summary>
    private void Learn(Wait wait, double time, bool over)
    {
        for (var level = 0; wait.Said is { } said && level < Levels.Length; level++)
        {
            var missed = time > said[level];
            if ((over || missed) && !wait.Known[level])
            {
                wait.Known[level] = true;
                _shift[level] = Math.Clamp(_shift[level] + (Step / Math.Max(1, Math.Max(_open.Count, wait.Together) / Few) * ((missed ? 1 : 0) - (1 - Levels[level]))), -Furthest, Furthest);
            }
        }
    }

    /// <summary>Which part still waits after which time, in parts of what the backlog says, at every time at which somebody was answered.</summary>
    /// <param name="Longest">That anybody has waited.</param>
    /// <param name="Factors">By level: what was said too little or too much of late.</param>
    internal sealed record Curve(List<(double Time, double Left)> Steps, double Longest, Backlog Backlog, double[] Factors, int Answers)
    {
        public double[] Quantiles(int ahead, double waited)
        {
            var part = Backlog.Part(ahead);
            var past = waited / part;
            var left = Steps.LastOrDefault(one => one.Time <= past) is { Time: > 0 } passed ? passed.Left : 1;
            var found = new double[Levels.Length];
            for (var level = 0; level < Levels.Length; level++)
            {
                var target = left * (1 - Levels[level]);
                var at = Steps.FirstOrDefault(one => one.Time > past && one.Left <= target + 1e-9) is { Time: > 0 } one ? one.Time : Math.Max(Longest, 2 * past);
                var value = (at - past) * part * Factors[level];
                found[level] = level == 0 ? value : Math.Max(value, found[level - 1]);
            }

            return found;
        }
    }

    /// <param name="Since">By the clock of their inbox.</param>
    /// <param name="Scale">Seconds in a unit.</param>
    private sealed class Wait(TimeSpan since, double scale, double[]? said, int ahead)
    {
        public double Scale => scale;

        public double[]? Said => said;

        public int Ahead => ahead;

        /// <summary>How many waited when this one began.</summary>
        public int Together { get; init; }

        public bool[] Known { get; } = new bool[Levels.Length];

        public double? Took { get; set; }

        /// <summary>On which they were answered, counted from 1970.</summary>
        public int Day { get; set; }

        /// <summary>Not longer ago than what is learned from.</summary>
        public bool Counts { get; set; } = true;

        public double Elapsed(TimeSpan now) => Took ?? Math.Max(0, (now - since).TotalSeconds / scale);
    }
}
