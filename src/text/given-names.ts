/**
 * Given names that are common in Munich, by origin. They decide only where a sentence already hints at a person ("mein Sohn Max"),
 * so a name that is also a word ("Ernst", "Rosa") does no harm.
 */
const names = `
Adam Adele Adelheid Adrian Agnes Albert Albrecht Alex Alexa Alexander Alexandra Alfons Alfred Alina Alma Alois Amelie Amalia Andrea Andreas Andi
Angela Angelika Anita Anja Anke Anna Annalena Anne Annegret Anneliese Annemarie Annette Anni Annika Anton Antonia Armin Arne Arnold Arthur Astrid August
Augustin Aurelia Axel Barbara Bärbel Bastian Beate Ben Benedikt Benjamin Bernadette Bernd Bernhard Bert Berta Bertha Bettina Bianca Birgit Björn Bodo
Brigitte Bruno Burkhard Carina Carl Carla Carmen Carolin Caroline Caspar Cathrin Charlotte Christa Christel Christian Christiane Christina Christine
Christoph Christopher Clara Claudia Claus Clemens Cornelia Corinna Dagmar Daniel Daniela David Dennis Detlef Diana Dieter Dietmar Dirk Dominik Dominic Dora
Doris Dorothea Edeltraud Edith Edgar Eduard Egon Ekkehard Elena Eleonore Elfriede Elias Elisa Elisabeth Elise Elke Ella Ellen Elmar Elsa Else Emil Emilia
Emily Emma Emmi Erhard Erich Erik Eric Erika Erna Ernst Erwin Esther Eugen Eva Evelyn Fabian Fanny Felicitas Felix Ferdinand Fiete Finn Fiona Flora Florian
Frank Franz Franzi Franziska Frida Frieda Friederike Friedrich Fritz Gabi Gabriel Gabriele Georg Gerald Gerd Gerda Gerhard Gerlinde Gertraud Gertrud Gisela
Gottfried Greta Gregor Gudrun Guido Günter Günther Gustav Hanna Hannah Hannelore Hannes Hans Hansi Harald Hartmut Hedwig Heidi Heike Heiko Heiner Heinrich
Heinz Helena Helene Helga Helmut Henri Henriette Henrik Henry Herbert Heribert Hermann Hermine Herta Hilde Hildegard Holger Horst Hubert Hugo Ida Ignaz Ilona Ilse
Ines Inga Inge Ingeborg Ingo Ingrid Irene Irina Iris Irma Irmgard Isabel Isabell Isabella Jakob Jana Janina Jan Janine Jannik Janosch Jasmin Jenny Jens Jessica Joachim
Jochen Johann Johanna Johannes Jonas Jonathan Jörg Josef Josefa Josefine Joseph Joshua Judith Jule Julia Julian Juliane Julius Jürgen Jutta Kai Karin Karina Karl Karla
Karolin Karoline Karsten Kaspar Katarina Katharina Käthe Kathi Kathrin Katja Katrin Kerstin Kevin Kilian Kim Klara Klaus Konrad Konstantin Korbinian Kristin Kristina
Kurt Lara Lars Laura Laurenz Lea Leah Lena Leni Lennard Lennart Leo Leon Leonard Leonhard Leonie Leopold Levi Liam Lilli Lilly Lina Linda Linus Lisa Lisbeth Liselotte Lotte
Lorenz Louis Louisa Luca Ludwig Luis Luisa Luise Luka Lukas Lutz Lydia Magda Magdalena Maja Maike Manfred Manuel Manuela Marc Marcel Marco Marcus Margarete Margarethe
Margit Margot Maria Mariam Marianne Marie Marika Marina Mario Marion Marius Mark Markus Marlene Marlies Marta Martha Martin Martina Mascha Mathias Mathilda Mathilde
Matteo Matthias Mats Max Maxi Maximilian Maya Mechthild Meike Melanie Melina Merle Mia Michael Michaela Michel Michi Mila Milan Mina Mira Miriam Mirjam Mona Monika Moritz
Moni Nadia Nadine Nadja Natalie Natascha Nele Nepomuk Nick Niclas Nico Nicola Nicole Niklas Niko Nikolai Nikolaus Nils Nina Noah Noel Nora Norbert Olaf Ole Oliver Olivia Oskar
Oswald Otto Ottilie Pascal Patricia Patrick Patrizia Paul Paula Pauline Peter Petra Philip Philipp Phillip Pia Quirin Rafael Ralf Ralph Ramona Raphael Rebecca Regina Regine Reiner
Reinhard Reinhold Renate Resi René Ricarda Richard Rita Robert Robin Roland Rolf Roman Romy Ronja Ronny Rosa Rosemarie Rosi Rosina Rosmarie Roswitha Rudi Rudolf Rupert Ruth Sabine Sabrina
Samuel Sandra Sara Sarah Saskia Schorsch Sebastian Selina Sepp Severin Sibylle Sieglinde Siegfried Sigrid Silke Silvia Simon Simone Sina Sofia Sofie Sonja Sophia Sophie Stefan
Stefanie Steffen Steffi Stephan Stephanie Susanne Susi Sven Svenja Sybille Sylvia Tabea Tamara Tanja Tatjana Theo Theodor Theresa Therese Theresia Thilo Thomas Thorsten Tilman Till
Tim Timo Tina Tobias Tom Toni Torsten Udo Ulf Ulrich Ulrike Ursel Ursula Uschi Ute Uwe Valentin Valentina Valerie Vanessa Vera Verena Veronika Vincent Vinzenz Viktor Viktoria Volker
Vroni Walburga Waltraud Walter Wastl Werner Wiebke Wilfried Wilhelm Wilhelmine Willi Willy Wolf Wolfgang Xaver Xenia Yannick Yvonne Zenzi Zita
Abby Alan Alice Amanda Amy Andrew Andy Angel Anthony Ashley Barry Betty Bill Billy Bob Brandon Brian Carol Catherine Chloe Chris Craig Cynthia Debbie Donald Donna Dorothy Dylan Edward
Eleanor Elizabeth Ethan Evan George Gary Grace Greg Harry Heather Helen Isaac Jack Jacob James Jane Janet Jason Jeff Jennifer Jeremy Jim Jimmy Joan Joe John Johnny Jordan Joyce Justin Karen
Kate Kathy Katie Keith Kelly Ken Kenneth Kyle Larry Leslie Lewis Lily Logan Lucy Luke Margaret Marilyn Martha Mary Mason Matthew Megan Mike Molly Nancy Nathan Nicholas Oscar Owen Pamela
Pat Peggy Phil Rachel Ray Rebecca Ricky Rob Roger Ron Rose Ruby Ryan Sally Sam Samantha Scott Sean Sharon Sheila Stella Stephen Steve Steven Sue Susan Ted Terry Tony Tyler Walter Wayne Zoe
Adem Ahmet Akın Ali Alper Arda Aslı Asya Ayla Aylin Aynur Ayşe Ayse Aysel Ayşegül Aysegül Azra Bahar Baran Barış Batuhan Berat Berk Berkay Beyza Bilal Burak Burcu Büşra Buse Can Canan Cansu
Cem Cemal Cemile Ceren Ceyda Cihan Çağla Çiğdem Damla Defne Deniz Derya Dilara Dilek Ebru Ece Ecrin Eda Efe Elif Emel Emine Emir Emre Emrah Enes Engin Ercan Erdem Erdoğan Eren Erkan Erol
Esma Esra Eylül Eymen Fadime Fahri Faruk Fatih Fatma Ferhat Feride Filiz Furkan Gamze Gizem Gökhan Gül Gülay Gülcan Gülsüm Gülşen Hacer Hakan Halil Halime Hamza Hande Hasan Hatice Hava
Havva Hilal Hülya Hüseyin Huseyin Ibrahim İbrahim Irem İrem Ismail İsmail Kaan Kadir Kamil Kemal Kerem Koray Kübra Levent Mahmut Mehmet Melek Meltem Melisa Meral Merve Mert Mesut Mete Meryem
Mirac Muhammed Muhammet Murat Musa Mustafa Naz Nazlı Necla Nehir Nermin Nesrin Nilay Nilgün Nur Nuray Nurcan Nuri Okan Olcay Onur Orhan Osman Ömer Omer Özge Özgür Özlem Pelin Pınar Ramazan
Recep Reyhan Rıza Sabri Salih Sedat Seda Selim Selin Selma Sema Semih Semra Serap Serdar Serhat Serkan Serpil Sevda Sevgi Sevim Sibel Sinan Songül Süleyman Sultan Sümeyye Şenay Şeyma Şükran
Tarık Taner Tolga Tuba Tuğba Tugba Tuğçe Tülay Turgut Ufuk Uğur Umut Ümit Vedat Veli Volkan Yağmur Yakup Yasemin Yasin Yavuz Yeliz Yiğit Yılmaz Yunus Yusuf Zafer Zehra Zeki Zeliha Zeynep Züleyha
Aleksandr Aleksandra Alexej Alexey Anastasia Anastasiia Anatolij Andrij Andriy Andrei Anya Arina Artem Artjom Bohdan Bogdan Daria Darja Dariia Denys Dmitri Dmytro Dmitry Ekaterina Galina Halyna
Hryhorij Igor Ihor Inna Iryna Ivan Ivanna Jelena Jewgenij Julija Kateryna Khrystyna Kira Kyrylo Larisa Larysa Ljudmila Lyudmila Liudmyla Ludmila Lesya Maksim Maksym Maxim Marija Mariia Mariya
Mykhailo Mykola Nadezhda Nadiia Natalia Nataliia Natalija Nikita Nikolaj Oksana Oleg Oleh Oleksandr Oleksandra Oleksii Olena Olga Olha Pavel Pavlo Petro Polina Roksolana Ruslan Semen Sergej Sergey
Serhii Serhiy Sofiia Sofija Solomiia Stanislav Svetlana Svitlana Taras Tatiana Tetiana Tetyana Vadim Vadym Valentyna Valeria Valerij Vasyl Vasilij Viktoriia Vitali Vitalij Vitaliy Vladimir
Vladislav Vladyslav Volodymyr Wadim Wladimir Yana Yaroslav Yaroslava Yehor Yelena Yevhen Yevgeny Yulia Yuliia Yuri Yurii Zhanna Zlata Zoryana
Анастасия Анастасія Анатолий Анатолій Андрей Андрій Анна Аня Антон Арина Аріна Артем Артём Богдан Валентина Валерий Валерія Валерия Варвара Василий Василь Вера Віра Вика Віка Виктор Віктор Виктория Вікторія
Виталий Віталій Владимир Владислав Володимир Галина Георгий Ганна Даниил Данило Дарья Дарина Дарія Даша Денис Дмитрий Дмитро Евгений Евгения Екатерина Елена Елизавета Євген Єгор Єлизавета Жанна Захар Злата Зоя Иван Іван
Игорь Ігор Илья Ілля Инна Інна Ирина Ірина Катерина Катя Кира Кіра Кирилл Кирило Константин Ксения Ксенія Лариса Лена Леся Лидия Лилия Лілія Людмила Люда Макар Максим Маргарита Марина Мария Марія Марта Маша Матвей Матвій Милана
Михаил Михайло Микола Надежда Надія Назар Настя Наталия Наталья Наталія Наташа Никита Микита Николай Оксана Олег Олександр Олександра Олексій Олена Ольга Оля Орест Остап Павел Павло Петр Пётр Петро Полина Поліна Роман Руслан Саша
Светлана Світлана Семен Сергей Сергій Соломія София Софія Станислав Станіслав Степан Тамара Тарас Татьяна Тетяна Таня Тимофей Тимофій Федор Фёдор Юлия Юлія Юля Юрий Юрій Яна Ярослав Ярослава Александр Александра Алексей Алина Аліна Алла
Abbas Abdul Abdallah Abdullah Abdulrahman Abdelkader Ahmad Ahmed Aisha Aicha Alaa Amal Amar Amina Amine Amir Amira Anas Anwar Asma Aya Ayman Aziz Bassam Bashar Bushra Dalia Dina Eman Fadi Fahad Faisal Farah Farid
Farida Fatima Fatema Fatuma Firas Ghada Habib Haidar Hala Hamid Hanan Hani Haris Hassan Hatem Hiba Hind Huda Hussein Hussain Iman Imad Issa Jamal Jamila Jamil Kamal Karim Karima Khadija Khaled Khalid Khalil Laila Layla Leila Lamia Lina Maha
Mahmoud Mahmood Malak Malik Manal Mansour Marwa Marwan Maryam Mohamad Mohamed Mohammad Mohammed Mona Mounir Muhammad Mustapha Nabil Nada Nadim Najib Nasser Nawal Nizar Noor Nour Omar Osama Qasim Rami Rana Rania Rashid
Rasha Reem Riad Rima Saad Said Saeed Safa Salah Saleh Salim Salma Salman Samer Sami Samir Samira Sana Sawsan Shadi Sulaiman Suleiman Tarek Tareq Usama Wael Walid Waleed Warda Yahya Yara Yaser Yasir Yasmin Yasmine Younes Youssef Yousef Zahra Zainab Zaynab Ziad Zayd
Abiola Adaeze Amara Chinedu Chidi Emeka Ifeoma Kofi Kwame Ngozi Obinna Olumide Tunde Tesfay Yonas Hiwot Selam Amadou Fatou Ibrahima Mamadou Moussa Ousmane Awa Aminata Farhad Zohra Parwin Reza Shirin Navid Arash Farzaneh Leyla Soraya Mehdi
Anh Linh Minh Huong Thanh Priya Rahul Amit Anil Deepak Neha Pooja Rajesh Sanjay Sunita Vijay Arjun Aarav Li Wei Mei Jun Yuki Haruto Piotr Paweł Tomasz Krzysztof Agnieszka Małgorzata Katarzyna Magdalena Jolanta Wojciech Ștefan Ion Ioana Andreea Mihai Elena
أحمد احمد محمد محمود مصطفى علي عمر عثمان حسن حسين خالد كريم يوسف إبراهيم ابراهيم إسماعيل عبدالله عبدالرحمن سامر سامي سمير طارق وليد زياد نور نورا ليلى مريم فاطمة عائشة زينب سارة ساره هدى هبة رنا رانيا ريم سلمى سناء أمينة امينة أمل امل منى مها ياسمين ياسين يحيى
عيسى موسى داود سليمان أنس انس بلال حمزة رامي فادي باسل مازن ماهر نبيل هاني أيمن ايمن بشار غادة دينا دانا لينا لمى لارا جنى آية رهف شهد سجى جميلة خديجة حليمة سعاد سميرة نادية
Adriano Alberto Aldo Alessandra Alessandro Alessia Alessio Angelo Antonella Antonio Arianna Asia Aurora Beatrice Bruna Camilla Carlo Caterina Cecilia Chiara Ciro Claudio Cristiano Cristina Dario Davide Domenico Edoardo Elisabetta
Emanuele Enrico Enzo Fabio Fabrizio Federica Federico Filippo Francesca Francesco Gaia Gennaro Giacomo Gianluca Gianni Ginevra Gino Giorgia Giorgio Giovanna Giovanni Giulia Giulio Giuseppe Giuseppina Ilaria Irene Jacopo Lorenzo Loredana
Luciano Lucia Luigi Marcello Margherita Martina Massimo Maurizio Mattia Mauro Michela Michele Mirko Nicolò Paola Paolo Pasquale Pietro Raffaele Riccardo Roberta Roberto Rocco Salvatore Serena Sergio Silvana Silvio Stefania Stefano Teresa Tommaso Umberto Vincenzo Vittoria Vittorio
Adrien Agathe Alain Alexandre Alexis Amélie Anaïs André Antoine Arnaud Audrey Aurélie Baptiste Benoît Bernard Camille Cédric Céline Chantal Clément Colette Damien Delphine Denise Didier Édouard Élise Élodie Emmanuel Étienne Fabien Fabrice Florence François Françoise
Frédéric Gaëlle Gérard Gilles Guillaume Guy Hélène Hervé Hugues Inès Isabelle Jacqueline Jacques Jean Jérôme Joëlle Juliette Laurent Léa Léo Lionel Louise Luc Lucas Lucie Ludovic Madeleine Manon Marcelle Margaux Marguerite Mathieu Mathis Maxime Mélanie Michèle Monique Nathalie Nathan Nicolas Odile
Olivier Pascale Philippe Pierre Quentin Raphaël Rémi Romain Sébastien Serge Solange Sylvain Sylvie Théo Thérèse Thibault Thierry Valérie Véronique Virginie Xavier Yann Yves
Admir Adnan Ajla Aleksandar Almir Amela Ana Andrej Anđela Ante Armin Azra Bojan Boris Branka Branko Damir Danijel Danijela Darko Davor Dejan Denis Dijana Dragan Dragana Dražen Dubravka Dušan Dženan Edin Elvir Emina Enisa Fikret Goran Gordana Hasan Hrvoje Igor Ines Ivana Ivica Ivo Jasmina Jasna
Jelena Josip Jovan Jovana Katarina Kristijan Krunoslav Lejla Ljiljana Ljubica Luka Marijana Marko Mate Mateja Matej Mario Milica Miloš Milorad Miodrag Mirela Mirjana Miroslav Mirza Mladen Mujo Nada Nataša Nebojša Nedim Nemanja Nenad Nermina Nevena Nikola Nikolina Petar Predrag Radmila Radovan Ranko Ratko
Samir Sanela Sanja Saša Selma Senad Slavica Slavko Slobodan Snežana Snježana Stipe Stjepan Suada Suzana Svetlana Tanja Tihana Tomislav Uroš Vedran Vesna Višnja Vlado Vuk Zdenka Zdravko Zlatan Zlatko Zoran Zorica Željka Željko Živko
Иво Јован Јована Лука Милан Милица Милош Марко Никола Немања Драган Драгана Горан Зоран Јелена Ана Марија Петар Стефан Душан Вук
`;

// Lower case, accents off: people type "ayse" for Ayşe and "Jurgen" for Jürgen.
function foldName(name: string): string {
  return name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i");
}

const known: ReadonlySet<string> = new Set(names.split(/\s+/).map(foldName));

/** Whether a word, or each part of a hyphenated one, is a common given name; a Turkish ending behind an apostrophe ("Ayşe'yim") does not count. */
export function isGivenName(word: string): boolean {
  const [name = ""] = word.split(/['’]/);
  return name.length > 1 && name.split("-").every((part) => known.has(foldName(part)));
}
