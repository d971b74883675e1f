using System.Globalization;

namespace Parley.Server.Demo.Mailbox;

/// <summary>All letters that came, in the order in which they did; each a file in the demo's folder, so that a restart loses none.</summary>
internal sealed class Letters
{
    private const string Ending = ".eml";

    private readonly string _folder;
    private readonly Lock _gate = new();
    private readonly List<Received> _all = [];
    private readonly HashSet<int> _read = [];

    public Letters(string folder)
    {
        _folder = Path.Combine(folder, "mails");
        if (!Directory.Exists(_folder))
        {
            return;
        }

        foreach (var (number, path) in Directory.EnumerateFiles(_folder, $"*{Ending}").Select(path => (Number(path), path)).Where(pair => pair.Item1 > 0).OrderBy(pair => pair.Item1))
        {
            _all.Add(Received.Of(number, File.ReadAllText(path)));
            // What lay here before the start was there to be read.
            _read.Add(number);
        }
    }

    /// <summary>The newest last.</summary>
    public IReadOnlyList<Received> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all];
            }
        }
    }

    public int Unread
    {
        get
        {
            lock (_gate)
            {
                return _all.Count - _read.Count;
            }
        }
    }

    public bool IsRead(int number)
    {
        lock (_gate)
        {
            return _read.Contains(number);
        }
    }

    /// <summary>One of them, which from now on counts as read.</summary>
    public Received? Read(int number)
    {
        lock (_gate)
        {
            var letter = _all.Find(one => one.Number == number);
            if (letter is not null)
            {
                _read.Add(number);
            }

            return letter;
        }
    }

    /// <param name="text">As it came over the line.</param>
    public void Keep(string text)
    {
        lock (_gate)
        {
            var number = (_all.Count == 0 ? 0 : _all[^1].Number) + 1;
            Directory.CreateDirectory(_folder);
            File.WriteAllText(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number:D5}{Ending}")), text);
            _all.Add(Received.Of(number, text));
        }
    }

    private static int Number(string path) => int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
